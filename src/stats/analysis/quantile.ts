/**
 * The q-quantile of ascending values, linear between neighbours (type 7 of Hyndman and Fan, Sample Quantiles in
 * Statistical Packages, 1996; numpy's default). Na of nothing.
 */
export function sortedQuantile(sorted: Float64Array, q: number): number {
  const { length } = sorted;
  if (length === 0) return Number.NaN;
  const at = q * (length - 1);
  const below = Math.floor(at);
  const low = sorted[below];
  const high = sorted[Math.min(length - 1, below + 1)];
  return low + (at - below) * (high - low);
}
