import type { WorkingOrder } from "./working-order.ts";

/**
 * One entry that was filled. The ledger closes the oldest entry first (`units`), whichever entry an exit names;
 * `bound` is what the exits of this very entry may still close. Without pyramiding the two are the same.
 */
export class Lot {
  id = "";
  comment = "";
  /** By `strategy.entry`: counts for pyramiding. */
  byEntry = false;
  original = 0;
  units = 0;
  bound = 0;
  price = Number.NaN;
  bar = -1;
  stage = 0;
  signalBar = -1;
  /** Commission of the whole entry. */
  commission = Number.NaN;
  /** Exits of this entry, those that have fired included: their quantity stays taken. */
  readonly legs: WorkingOrder[] = [];
}
