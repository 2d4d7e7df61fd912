import type { Market } from "./market.ts";
import type { WorkingOrder } from "./working-order.ts";

/**
 * One entry that was filled. The ledger closes the oldest entry first (`units`), whichever entry an exit names;
 * `bound` is what the exits of this very entry may still close. Without pyramiding the two are the same.
 */
export class Lot {
  readonly id: string;
  readonly comment: string;
  /** By `strategy.entry`: counts for pyramiding. */
  readonly byEntry: boolean;
  readonly original: number;
  units: number;
  bound: number;
  readonly price: number;
  readonly bar: number;
  readonly stage: number;
  readonly signalBar: number;
  /** Commission of the whole entry. */
  readonly commission: number;
  /** Exits of this entry, those that have fired included: their quantity stays taken. */
  readonly legs: WorkingOrder[] = [];

  constructor(
    order: WorkingOrder,
    units: number,
    price: number,
    market: Market,
    commission: number,
  ) {
    this.id = order.id;
    this.comment = order.comment;
    this.byEntry = order.kind === "entry";
    this.signalBar = order.signalBar;
    this.original = units;
    this.units = units;
    this.bound = units;
    this.price = price;
    this.bar = market.bar;
    this.stage = market.stage;
    this.commission = commission;
  }
}
