import { TradeLog } from "../trades.ts";
import { TradeNotes } from "./trade-notes.ts";

/**
 * Arrays of one run after the other. What a run gives lies in them, so that it holds until the next one begins, and
 * columns of trades may be longer than the trades are many.
 */
export class RunMemory {
  readonly log = new TradeLog();
  notes = new TradeNotes();
  #curve = new Float64Array(0);

  /** Forgets the last run. */
  begin(): void {
    this.log.clear();
    this.notes = new TradeNotes(this.notes);
  }

  /** Values of the last run stand in it. */
  curve(length: number): Float64Array {
    if (this.#curve.length !== length) this.#curve = new Float64Array(length);
    return this.#curve;
  }
}
