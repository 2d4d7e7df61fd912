/** The last defined close up to `bar`, which values a position where a close is na. */
export function lastClose(close: Float64Array, bar: number, otherwise: number): number {
  let at = bar;
  while (at >= 0 && Number.isNaN(close[at])) at--;
  return at < 0 ? otherwise : close[at]!;
}
