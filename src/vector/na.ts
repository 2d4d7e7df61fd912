/** Makes an infinite value na: 0 · ±Infinity is NaN, and adding ±0 changes nothing. Same form as in generated code. */
export function finiteOrNa(x: number): number {
  return x + 0 * x;
}
