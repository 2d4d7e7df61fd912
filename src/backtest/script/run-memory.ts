import { type TradeColumns, tradeColumns } from "../trades.ts";
import { TradeRows } from "./trade-rows.ts";

/** Arrays of one run after the other. */
export class RunMemory {
  readonly rows = new TradeRows();
  #columns = tradeColumns(0);
  #curve = new Float64Array(0);

  /** @param lends what a run gives lies in it too: that holds until the next one begins, and columns of trades may be longer than the trades are many */
  constructor(readonly lends: boolean) {}

  /** Forgets the last run. */
  begin(): void {
    this.rows.clear();
  }

  /** Values of the last run stand in it. */
  curve(length: number): Float64Array {
    if (!this.lends) return new Float64Array(length);
    if (this.#curve.length !== length) this.#curve = new Float64Array(length);
    return this.#curve;
  }

  /** The same. */
  columns(length: number): TradeColumns {
    if (!this.lends) return tradeColumns(length);
    if (this.#columns.side.length < length) this.#columns = tradeColumns(2 * length);
    return this.#columns;
  }
}
