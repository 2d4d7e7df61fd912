/** Quantities as whole numbers of 10^-12 at the least (SEMANTICS §5.10): k = decimals of the lot step. */
export class Units {
  readonly scale: number;
  private readonly step: number;

  constructor(lotStep: number) {
    const decimals = lotStep.toFixed(12).replace(/0+$/, "").split(".")[1] ?? "";
    this.scale = Number(`1e${decimals.length}`);
    this.step = Math.max(1, Math.round(lotStep * this.scale));
  }

  /** Cut down to the lot step, unless only rounding is missing to the next; 0 for what is no positive number. */
  of(quantity: number): number {
    const steps = (quantity * this.scale) / this.step;
    if (!(steps > 0) || steps === Number.POSITIVE_INFINITY) return 0;
    const nearest = Math.round(steps);
    const missing = Math.abs(steps - nearest);
    return this.step * (missing <= 1e-9 + 1e-14 * nearest ? nearest : Math.floor(steps));
  }

  quantity(units: number): number {
    return units / this.scale;
  }
}
