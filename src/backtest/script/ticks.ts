/** Off a tick by less than this share of it is on it. */
const ON_TICK = 1e-6;

/** The grid of prices. A level snaps away from where it is reached sooner: what is bought lower or sold higher at a limit. */
export class Ticks {
  readonly size: number;
  private readonly snaps: boolean;
  /** Ticks to the unit, where that is a whole number, else 0: dividing by it gives the decimal price itself. */
  readonly perUnit: number;

  constructor(size: number, snap: boolean) {
    this.size = size;
    this.snaps = snap && size > 0;
    const perUnit = Math.round(1 / size);
    this.perUnit = Math.abs(1 / size - perUnit) <= 1e-9 * perUnit ? perUnit : 0;
  }

  /** `side` as of the order: buys at a lower limit, sells at a higher one. */
  limit(price: number, side: number): number {
    return this.toward(price, -side);
  }

  stop(price: number, side: number): number {
    return this.toward(price, side);
  }

  nearest(price: number): number {
    return this.snaps ? this.priceAt(Math.round(this.count(price))) : price;
  }

  private toward(price: number, direction: number): number {
    if (!this.snaps || Number.isNaN(price)) return price;
    const ticks = this.count(price);
    const near = Math.round(ticks);
    if (Math.abs(ticks - near) <= ON_TICK) return this.priceAt(near);
    return this.priceAt(direction > 0 ? Math.ceil(ticks) : Math.floor(ticks));
  }

  private count(price: number): number {
    return this.perUnit > 0 ? price * this.perUnit : price / this.size;
  }

  private priceAt(ticks: number): number {
    return this.perUnit > 0 ? ticks / this.perUnit : ticks * this.size;
  }
}
