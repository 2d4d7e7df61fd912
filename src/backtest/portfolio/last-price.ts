/** The last defined close of a symbol, as it becomes known. Moments never go back. */
export class LastPrice {
  /** na before there is one. */
  price = Number.NaN;
  private next = 0;

  /** @param closes when each bar is known */
  constructor(
    private readonly close: Float64Array,
    private readonly closes: Float64Array,
  ) {}

  /** With the bars that are known before a moment. */
  before(time: number): number {
    const { close, closes } = this;
    for (; this.next < closes.length && closes[this.next]! < time; this.next++) {
      const price = close[this.next]!;
      if (!Number.isNaN(price)) this.price = price;
    }
    return this.price;
  }

  /** With those that become known at it, too. */
  at(time: number): number {
    const { close, closes } = this;
    this.before(time);
    for (; this.next < closes.length && closes[this.next] === time; this.next++) {
      const price = close[this.next]!;
      if (!Number.isNaN(price)) this.price = price;
    }
    return this.price;
  }
}
