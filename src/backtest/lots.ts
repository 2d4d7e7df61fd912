import type { TradeLog } from "./trades.ts";

/** Open lots of one side, first in first out. What is closed of a lot becomes a trade. */
export class Lots {
  private units: number[] = [];
  private prices: number[] = [];
  private bars: number[] = [];
  private signalBars: number[] = [];
  private head = 0;

  constructor(
    private readonly trades: TradeLog,
    private readonly scale: number,
    private readonly rate: number,
  ) {}

  open(units: number, signalBar: number, bar: number, price: number): void {
    this.units.push(units);
    this.prices.push(price);
    this.bars.push(bar);
    this.signalBars.push(signalBar);
  }

  /** Closes `units` from the oldest lot on, or `all`; `side` is the lots' own, 1 long and -1 short. */
  close(
    units: number,
    all: boolean,
    side: number,
    signalBar: number,
    bar: number,
    price: number,
  ): void {
    let left = all ? Number.POSITIVE_INFINITY : units;
    while (left > 0 && this.head < this.units.length) {
      const lot = this.head;
      const part = Math.min(left, this.units[lot]);
      this.trades.add(
        side,
        part / this.scale,
        this.signalBars[lot],
        this.bars[lot],
        this.prices[lot],
        signalBar,
        bar,
        price,
        this.rate,
      );
      left -= part;
      if (part === this.units[lot]) this.head++;
      else this.units[lot] -= part;
    }
    if (this.head === this.units.length) this.clear();
  }

  /** Adds the open lots to the trades, marked at `mark` on `lastBar`. */
  report(side: number, lastBar: number, mark: number): void {
    for (let lot = this.head; lot < this.units.length; lot++) {
      this.trades.addOpen(
        side,
        this.units[lot] / this.scale,
        this.signalBars[lot],
        this.bars[lot],
        this.prices[lot],
        lastBar,
        mark,
        this.rate,
      );
    }
  }

  private clear(): void {
    this.head = 0;
    this.units.length = 0;
    this.prices.length = 0;
    this.bars.length = 0;
    this.signalBars.length = 0;
  }
}
