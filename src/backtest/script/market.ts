import type { Bars } from "../../vector/columns.ts";

/** The bar being run and where on its assumed path the price stands. */
export class Market {
  bar = -1;
  price = Number.NaN;
  /** The point of the path that it is on the way to: 0 the open, 1 and 2 the extremes, 3 the close; 4 after the program. */
  stage = 0;
  readonly bars: Bars;
  private readonly opens: Float64Array;
  private readonly highs: Float64Array;
  private readonly lows: Float64Array;
  private readonly closes: Float64Array;
  /** The bar that the last search for a mark began on, and what it found. */
  private searched: number;
  private found = Number.NaN;

  /** @param start first bar that is run */
  constructor(bars: Bars, start: number) {
    this.bars = bars;
    this.opens = bars.open;
    this.highs = bars.high;
    this.lows = bars.low;
    this.closes = bars.close;
    this.searched = start - 1;
  }

  get open(): number {
    return this.opens[this.bar];
  }

  get high(): number {
    return this.highs[this.bar];
  }

  get low(): number {
    return this.lows[this.bar];
  }

  get close(): number {
    return this.closes[this.bar];
  }

  /** The last close of the run that was no na. */
  get mark(): number {
    const { closes, bar } = this;
    const close = bar >= 0 ? closes[bar] : Number.NaN;
    return Number.isNaN(close) ? this.lastMark() : close;
  }

  /** Whether the bar has a path: on a price that is na nothing fills. */
  get traded(): boolean {
    const { bar } = this;
    const all = this.opens[bar] + this.highs[bar] + this.lows[bar] + this.closes[bar];
    return !Number.isNaN(all);
  }

  private lastMark(): number {
    const { closes, bar, searched } = this;
    let at = bar;
    while (at > searched && Number.isNaN(closes[at])) at--;
    if (at > searched) this.found = closes[at];
    this.searched = Math.max(searched, bar);
    return this.found;
  }
}
