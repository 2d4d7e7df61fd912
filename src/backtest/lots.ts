import type { TradeLog } from "./trades.ts";

/** Closed lots that may stay in the arrays: emptying one costs more than filling it. */
const KEPT_LOTS = 1000;

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
    /** Relative, of real-valued sizes; 0 where quantities are exact. */
    private readonly tolerance: number,
  ) {}

  open(units: number, signalBar: number, bar: number, price: number): void {
    this.units.push(units);
    this.prices.push(price);
    this.bars.push(bar);
    this.signalBars.push(signalBar);
  }

  /**
   * Closes `units`, fewer than there are, from the oldest lot on; `side` is the lots' own, 1 long and -1 short.
   * @returns the units closed, which meet the end of a lot where they came within the tolerance of it
   */
  close(units: number, side: number, signalBar: number, bar: number, price: number): number {
    let closed = 0;
    while (units - closed > this.tolerance * units && this.head < this.units.length) {
      const lot = this.head;
      const left = units - closed;
      const whole = left >= this.units[lot] * (1 - this.tolerance);
      const part = whole ? this.units[lot] : left;
      this.trade(lot, part, side, signalBar, bar, price);
      closed += part;
      if (whole) this.head++;
      else this.units[lot] -= part;
    }
    return closed;
  }

  closeAll(side: number, signalBar: number, bar: number, price: number): void {
    for (let lot = this.head; lot < this.units.length; lot++) {
      this.trade(lot, this.units[lot], side, signalBar, bar, price);
    }
    this.head = this.units.length;
    if (this.head > KEPT_LOTS) this.clear();
  }

  /** Adds the open lots to the trades, marked at `mark` on `lastBar`. */
  report(side: number, lastBar: number, mark: number): void {
    for (let lot = this.head; lot < this.units.length; lot++) {
      const quantity = this.units[lot] / this.scale;
      this.trades.addOpen(
        side,
        quantity,
        this.signalBars[lot],
        this.bars[lot],
        this.prices[lot],
        lastBar,
        mark,
        Math.abs(quantity * this.prices[lot]) * this.rate,
      );
    }
  }

  private trade(
    lot: number,
    units: number,
    side: number,
    signalBar: number,
    bar: number,
    price: number,
  ): void {
    const quantity = units / this.scale;
    const { rate } = this;
    this.trades.add(
      side,
      quantity,
      this.signalBars[lot],
      this.bars[lot],
      this.prices[lot],
      signalBar,
      bar,
      price,
      Math.abs(quantity * this.prices[lot]) * rate + Math.abs(quantity * price) * rate,
    );
  }

  private clear(): void {
    this.head = 0;
    this.units.length = 0;
    this.prices.length = 0;
    this.bars.length = 0;
    this.signalBars.length = 0;
  }
}
