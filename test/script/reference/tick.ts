/** The multiple of `step` at a price, below it, above it, or nearest; na and no step leave it as it is. */
export function onGrid(price: number, step: number, side: "down" | "up" | "near"): number {
  if (Number.isNaN(price) || !(step > 0)) return price;
  const steps = price / step;
  const nearest = Math.round(steps);
  const onIt = Math.abs(steps - nearest) < 1e-6;
  const count =
    onIt || side === "near" ? nearest : side === "down" ? Math.floor(steps) : Math.ceil(steps);
  // 113509 / 100000 is the double that "1.13509" reads as; 113509 * 0.00001 is not.
  const perUnit = Math.round(1 / step);
  return Math.abs(perUnit * step - 1) < 1e-9 ? count / perUnit : count * step;
}
