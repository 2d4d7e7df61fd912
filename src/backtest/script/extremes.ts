import type { Bars } from "../../vector/columns.ts";
import type { Account } from "./account.ts";

/** What of the ledger is kept here. */
export const EXTREMES: ReadonlySet<string> = new Set([
  "max_drawdown",
  "max_drawdown_percent",
  "max_runup",
  "max_runup_percent",
]);

/**
 * `strategy.max_drawdown`, `max_runup`: the widest fall of equity below its highest value so far, and rise above its lowest
 * since a trade last began from flat, along the assumed path of every bar that ends in a position, and at each close.
 */
export class Extremes {
  drawdown = 0;
  drawdownPercent = 0;
  runup = 0;
  runupPercent = 0;
  private peak: number;
  private trough: number;

  constructor(cash: number) {
    this.peak = cash;
    this.trough = cash;
  }

  /** Equity has this value. */
  see(equity: number): void {
    if (equity > this.peak) this.peak = equity;
    else if (this.peak - equity > this.drawdown) {
      this.drawdown = this.peak - equity;
      this.drawdownPercent = (this.drawdown / this.peak) * 100;
    }
    if (equity < this.trough) this.trough = equity;
    else if (equity - this.trough > this.runup) {
      this.runup = equity - this.trough;
      this.runupPercent = (this.runup / this.trough) * 100;
    }
  }

  /** A bar's path with the position as it is at its end. */
  seeBar(bars: Bars, bar: number, account: Account): void {
    const open = bars.open[bar];
    const high = bars.high[bar];
    const low = bars.low[bar];
    const highFirst = high - open < open - low;
    this.see(account.equityAt(highFirst ? high : low));
    this.see(account.equityAt(highFirst ? low : high));
  }
}
