/** The value, or the canonical NaN where it is na or too large, so that no Infinity reaches a result. */
export function finite(value: number): number {
  return value - value === 0 ? value : Number.NaN;
}

/**
 * The same for results from bar `from` to `to`, which a loop wrote as they came: to test each on its way costs more than
 * all the arithmetic. The loops return a sum of x - x, which is 0 unless an x is na.
 */
export function makeFinite(out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) if (out[i] - out[i] !== 0) out[i] = Number.NaN;
}
