import type { Bars } from "../../vector/columns.ts";

/** The bar being run and where on its assumed path the price stands. */
export class Market {
  bar = -1;
  open = Number.NaN;
  high = Number.NaN;
  low = Number.NaN;
  close = Number.NaN;
  price = Number.NaN;
  /** The point of the path that it is on the way to: 0 the open, 1 and 2 the extremes, 3 the close; 4 after the program. */
  stage = 0;
  /** The last close that was no na. */
  mark = Number.NaN;
  readonly bars: Bars;
  private readonly opens: Float64Array;
  private readonly highs: Float64Array;
  private readonly lows: Float64Array;
  private readonly closes: Float64Array;

  constructor(bars: Bars) {
    this.bars = bars;
    this.opens = bars.open;
    this.highs = bars.high;
    this.lows = bars.low;
    this.closes = bars.close;
  }

  enter(bar: number): void {
    this.bar = bar;
    this.open = this.opens[bar];
    this.high = this.highs[bar];
    this.low = this.lows[bar];
    this.close = this.closes[bar];
    if (!Number.isNaN(this.close)) this.mark = this.close;
  }

  /** Whether the bar has a path: on a price that is na nothing fills. */
  get traded(): boolean {
    const all = this.open + this.high + this.low + this.close;
    return !Number.isNaN(all);
  }
}
