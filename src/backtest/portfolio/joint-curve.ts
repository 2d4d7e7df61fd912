import type { MarkedAccount } from "../equity-curve.ts";
import type { LastPrice } from "./last-price.ts";

/** Marks the equity of several positions row by row, lazily: a stretch without fills is one pass per position. */
export class JointCurve {
  readonly equity: Float64Array;
  rowsInPosition = 0;
  /** Of each position. */
  readonly held: Int32Array;
  private next: number;

  /** @param closes when each row is known */
  constructor(
    private readonly closes: Float64Array,
    private readonly start: number,
    private readonly prices: readonly LastPrice[],
  ) {
    this.next = start;
    this.equity = new Float64Array(closes.length - start);
    this.held = new Int32Array(prices.length);
  }

  /** Marks the rows before `row` with the positions as they are now; called before what changes them. */
  markUntil(row: number, accounts: readonly MarkedAccount[]): void {
    const from = this.next;
    if (row <= from) return;
    this.next = row;
    this.equity.fill(accounts[0]!.cash, from - this.start, row - this.start);
    let any = false;
    accounts.forEach((account, k) => {
      if (account.units === 0) return;
      any = true;
      this.held[k]! += row - from;
      this.add(from, row, account, this.prices[k]!);
    });
    if (any) this.rowsInPosition += row - from;
  }

  private add(from: number, to: number, account: MarkedAccount, prices: LastPrice): void {
    const { quantity, lastPrice } = account;
    for (let row = from; row < to; row++) {
      const price = prices.at(this.closes[row]!);
      this.equity[row - this.start]! += quantity * (Number.isNaN(price) ? lastPrice : price);
    }
  }
}
