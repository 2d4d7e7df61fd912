import type { Account } from "./account.ts";
import type { Extremes } from "./extremes.ts";
import type { Market } from "./market.ts";
import type { RunMemory } from "./run-memory.ts";

/**
 * Equity at each close, and what follows from it. Bars on which nothing can happen need not be closed one by one: the next
 * one that is, or the end of the run, takes them in one go with the account as it has been since.
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
  /** Of the bars recorded. */
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

  /** Records the bars before `bar`. */
  catchUp(bar: number): void {
    const { next } = this;
    if (next >= bar) return;
    this.next = bar;
    if (this.account.units === 0)
      this.curve.fill(this.account.cash, next - this.start, bar - this.start);
    else this.holdThrough(next, bar);
  }

  /** Records the bar being run, those before it being recorded. */
  close(bar: number): void {
    const { account, extremes } = this;
    const { mark } = this.market;
    const equity = account.equityAt(mark);
    this.next = bar + 1;
    this.mark = mark;
    this.curve[bar - this.start] = equity;
    if (account.units !== 0) {
      this.barsInPosition++;
      extremes?.seeBar(this.market.bars, bar, account);
      extremes?.see(equity);
    } else if (account.fills !== this.seenFills) extremes?.see(equity);
    this.seenFills = account.fills;
  }

  private holdThrough(from: number, to: number): void {
    const { account, extremes, market, curve, start } = this;
    const { cash, quantity } = account;
    const { close } = market.bars;
    let { mark } = this;
    for (let bar = from; bar < to; bar++) {
      if (!Number.isNaN(close[bar])) mark = close[bar];
      const equity = cash + quantity * mark;
      curve[bar - start] = equity;
      extremes?.seeBar(market.bars, bar, account);
      extremes?.see(equity);
    }
    this.mark = mark;
    this.barsInPosition += to - from;
  }
}
