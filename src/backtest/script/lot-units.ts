/**
 * Quantities as integers of 10^-k, k = decimals of the lot step (SEMANTICS §5.10), so that sums of them are exact.
 * A computed quantity is cut down to the lot step; one that misses a whole lot only by rounding counts as that lot.
 */
export class LotUnits {
  readonly scale: number;
  private readonly step: number;

  constructor(lotStep: number) {
    let places = 0;
    while (places < 12 && !isWhole(lotStep * 10 ** places)) places++;
    this.scale = Number(`1e${places}`);
    this.step = Math.max(1, Math.round(lotStep * this.scale));
  }

  /** 0 for what is no positive number. */
  of(quantity: number): number {
    const lots = (quantity * this.scale) / this.step;
    if (!(lots > 0 && lots < Number.POSITIVE_INFINITY)) return 0;
    const near = Math.round(lots);
    const whole = Math.abs(lots - near) <= 1e-9 + 1e-14 * near ? near : Math.floor(lots);
    return whole * this.step;
  }
}

function isWhole(x: number): boolean {
  return Math.abs(x - Math.round(x)) <= 1e-9 * Math.max(1, x) && Math.round(x) > 0;
}
