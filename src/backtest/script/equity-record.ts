import type { Account } from "./account.ts";
import type { Extremes } from "./extremes.ts";
import type { Market } from "./market.ts";
import type { RunMemory } from "./run-memory.ts";

/**
 * Equity at each close, and what follows from it. Bars are taken in one go when the account is about to change, or somebody
 * reads what they come to, with the account as it has been since the last of them.
 */
export class EquityRecord {
  readonly curve: Float64Array;
  barsInPosition = 0;
  private readonly market: Market;
  private readonly account: Account;
  /** null where nobody reads them. */
  private readonly extremes: Extremes | null;
  private readonly start: number;
  /** First bar that is not recorded. */
  private next: number;
  /** The last close of the bars recorded that was no na. */
  private mark = Number.NaN;
  private seenFills = 0;

  constructor(
    market: Market,
    account: Account,
    extremes: Extremes | null,
    start: number,
    memory: RunMemory | null,
  ) {
    this.market = market;
    this.account = account;
    this.extremes = extremes;
    this.start = start;
    this.next = start;
    const length = market.bars.close.length - start;
    this.curve = memory?.curve(length) ?? new Float64Array(length);
  }

  /** Records the bars before `bar`; called before the first fill on it. */
  catchUp(bar: number): void {
    const { next } = this;
    if (next >= bar) return;
    this.next = bar;
    if (this.account.units === 0) this.rest(next, bar);
    else this.hold(next, bar);
    this.seenFills = this.account.fills;
    this.moveMark(next, bar);
  }

  private rest(from: number, to: number): void {
    const { curve, start } = this;
    const { cash, fills } = this.account;
    for (let bar = from; bar < to; bar++) curve[bar - start] = cash;
    if (fills !== this.seenFills) this.extremes?.see(cash);
  }

  private hold(from: number, to: number): void {
    this.barsInPosition += to - from;
    if (!this.markAll(from, to)) this.markSome(from, to);
    const { extremes } = this;
    if (extremes === null) return;
    for (let bar = from; bar < to; bar++) {
      extremes.seeBar(this.market.bars, bar, this.account);
      extremes.see(this.curve[bar - this.start]);
    }
  }

  /** false where a close is na. */
  private markAll(from: number, to: number): boolean {
    const { curve, start } = this;
    const { cash, quantity } = this.account;
    const { close } = this.market.bars;
    let zero = 0;
    for (let bar = from; bar < to; bar++) {
      const price = close[bar];
      zero += price - price;
      curve[bar - start] = cash + quantity * price;
    }
    return zero === 0;
  }

  private markSome(from: number, to: number): void {
    const { curve, start } = this;
    const { cash, quantity } = this.account;
    const { close } = this.market.bars;
    let { mark } = this;
    for (let bar = from; bar < to; bar++) {
      if (!Number.isNaN(close[bar])) mark = close[bar];
      curve[bar - start] = cash + quantity * mark;
    }
  }

  /** Sets it, and gives nothing back: a number that a call gives is boxed. */
  private moveMark(from: number, to: number): void {
    const { close } = this.market.bars;
    let bar = to - 1;
    while (bar >= from && Number.isNaN(close[bar])) bar--;
    if (bar >= from) this.mark = close[bar];
  }
}
