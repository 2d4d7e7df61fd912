import type { Bars } from "../../vector/columns.ts";

/** Best and worst price of a trade while it was held. */
export interface Excursion {
  best: number;
  worst: number;
}

/**
 * How far a trade was up and down at most, from the bars that it was held on: on the bar of its entry and exit as well,
 * whose whole range counts, except that the exit bounds the exit bar. Reads go on from where the last one of the trade ended.
 */
export class Excursions {
  private readonly bars: Bars;
  private entry = -1;
  private side = 0;
  private price = Number.NaN;
  private until = -1;
  private best = Number.NaN;
  private worst = Number.NaN;

  constructor(bars: Bars) {
    this.bars = bars;
  }

  /** From the entry's bar up to and with `last`. */
  of(side: number, price: number, entry: number, last: number): Excursion {
    if (entry !== this.entry || side !== this.side || price !== this.price || last < this.until) {
      this.entry = entry;
      this.side = side;
      this.price = price;
      this.until = entry - 1;
      this.best = price;
      this.worst = price;
    }
    const up = side > 0 ? this.bars.high : this.bars.low;
    const down = side > 0 ? this.bars.low : this.bars.high;
    for (let bar = this.until + 1; bar <= last; bar++) {
      if (side * up[bar] > side * this.best) this.best = up[bar];
      if (side * down[bar] < side * this.worst) this.worst = down[bar];
    }
    this.until = last;
    return { best: this.best, worst: this.worst };
  }
}
