import type { Broker } from "./broker.ts";

/** Marks equity bar by bar, lazily: a stretch without fills is one pass. */
export class EquityCurve {
  readonly equity: Float64Array;
  barsInPosition = 0;
  private readonly close: Float64Array;
  private readonly start: number;
  private next: number;

  constructor(close: Float64Array, start: number) {
    this.close = close;
    this.start = Math.min(start, close.length);
    this.next = this.start;
    this.equity = new Float64Array(close.length - this.start);
  }

  /** Marks the bars before `bar` with the account as it is now; called before the fills of `bar`. */
  markUntil(bar: number, broker: Broker): void {
    const from = this.next;
    if (bar <= from) return;
    this.next = bar;
    if (broker.units === 0) {
      this.equity.fill(broker.cash, from - this.start, bar - this.start);
      return;
    }
    this.barsInPosition += bar - from;
    this.markHeld(from, bar, broker);
  }

  /** The last defined close up to `bar`, which values a position where a close is na. */
  lastClose(bar: number, otherwise: number): number {
    let at = bar;
    while (at >= 0 && Number.isNaN(this.close[at])) at--;
    return at < 0 ? otherwise : this.close[at];
  }

  private markHeld(from: number, to: number, broker: Broker): void {
    const { close, equity, start } = this;
    const { cash, quantity } = broker;
    // 0, or NaN after a close that is na: then the stretch is marked again.
    let zero = 0;
    for (let i = from; i < to; i++) {
      const price = close[i];
      zero += price - price;
      equity[i - start] = cash + quantity * price;
    }
    if (zero === 0) return;
    let mark = this.lastClose(from, broker.lastPrice);
    for (let i = from; i < to; i++) {
      if (!Number.isNaN(close[i])) mark = close[i];
      equity[i - start] = cash + quantity * mark;
    }
  }
}
