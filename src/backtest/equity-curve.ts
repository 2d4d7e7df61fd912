import { lastClose } from "./last-close.ts";

/** What is marked. */
export interface MarkedAccount {
  readonly cash: number;
  /** Signed; 0 where flat. */
  readonly units: number;
  /** Signed, in units of the asset. */
  readonly quantity: number;
  /** Grows with every change of the account. */
  readonly fills: number;
  readonly lastPrice: number;
}

/** Share of a position's value up to which cash is rounding: the account is wholly in the asset. */
const ALL_IN = 2 ** -40;

/** Marks equity bar by bar, lazily: a stretch without fills is one pass. */
export class EquityCurve {
  readonly equity: Float64Array;
  barsInPosition = 0;
  private readonly close: Float64Array;
  private readonly start: number;
  private next: number;
  /** Of the account that was marked last: its fills, and whether it was wholly in the asset. */
  private fills = -1;
  private allIn = false;
  private readonly stretches: number[] = [];

  constructor(close: Float64Array, start: number) {
    this.close = close;
    this.start = Math.min(start, close.length);
    this.next = this.start;
    this.equity = new Float64Array(close.length - this.start);
  }

  /** See {@link Simulation.invested}. */
  get invested(): Int32Array {
    return Int32Array.from(this.stretches);
  }

  /** Marks the bars before `bar` with the account as it is now; called before the fills of `bar`. */
  markUntil(bar: number, account: MarkedAccount): void {
    const from = this.next;
    if (bar <= from) return;
    this.next = bar;
    if (account.units === 0) {
      this.equity.fill(account.cash, from - this.start, bar - this.start);
      return;
    }
    this.barsInPosition += bar - from;
    this.noteInvested(from, bar, account);
    this.markHeld(from, bar, account);
  }

  /** The last defined close up to `bar`, which values a position where a close is na. */
  lastClose(bar: number, otherwise: number): number {
    return lastClose(this.close, bar, otherwise);
  }

  /** An account's first bar changed by its fills; the returns of the later ones are the asset's. */
  private noteInvested(from: number, to: number, account: MarkedAccount): void {
    const { stretches } = this;
    if (account.fills === this.fills) {
      if (!this.allIn) return;
      if (stretches[stretches.length - 1] === from) stretches[stretches.length - 1] = to;
      else stretches.push(from, to);
      return;
    }
    this.fills = account.fills;
    const value = account.quantity * this.lastClose(from, Number.NaN);
    this.allIn = Math.abs(account.cash) <= ALL_IN * value;
    if (this.allIn && to - from > 1) stretches.push(from + 1, to);
  }

  private markHeld(from: number, to: number, account: MarkedAccount): void {
    const { close, equity, start } = this;
    const { cash, quantity } = account;
    // 0, or NaN after a close that is na: then the stretch is marked again.
    let zero = 0;
    for (let i = from; i < to; i++) {
      const price = close[i];
      zero += price - price;
      equity[i - start] = cash + quantity * price;
    }
    if (zero === 0) return;
    let mark = this.lastClose(from, account.lastPrice);
    for (let i = from; i < to; i++) {
      if (!Number.isNaN(close[i])) mark = close[i];
      equity[i - start] = cash + quantity * mark;
    }
  }
}
