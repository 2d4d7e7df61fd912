/** The value, or the canonical NaN where it is na or too large, so that no Infinity reaches a result. */
export function finite(value: number): number {
  return value - value === 0 ? value : Number.NaN;
}
