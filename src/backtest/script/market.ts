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

  constructor(bars: Bars) {
    this.bars = bars;
  }

  enter(bar: number): void {
    const { open, high, low, close } = this.bars;
    this.bar = bar;
    this.open = open[bar];
    this.high = high[bar];
    this.low = low[bar];
    this.close = close[bar];
    if (!Number.isNaN(this.close)) this.mark = this.close;
  }

  /** Whether the bar has a path: on a price that is na nothing fills. */
  get traded(): boolean {
    const all = this.open + this.high + this.low + this.close;
    return !Number.isNaN(all);
  }
}
