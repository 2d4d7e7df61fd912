/** Functions of numbers that are too long to stand in generated code; na in, na out. */
export const mathHelpers = { round, roundTo };

/** To the nearest whole number, halves away from zero. */
export function round(x: number): number {
  return (x < 0 ? -Math.round(-x) : Math.round(x)) + 0;
}

/** To so many decimals, halves away from zero. */
export function roundTo(x: number, decimals: number): number {
  const scale = 10 ** Math.trunc(decimals);
  const scaled = x * scale;
  // Numbers of this size have no decimals left.
  return Number.isFinite(scaled) ? round(scaled) / scale + 0 : x;
}
