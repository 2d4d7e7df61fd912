import { rollingMean } from "../vector/rolling/index.ts";

/**
 * Mean of |x - mean| over the last `period` values into `out`, their mean into `means`, from bar `from + period - 1` on.
 * O(n) per bar: the mean moves with every bar, and no sum of signs is kept that would not drift.
 * Returns 0, or NaN when a value from `from` on is na; the outputs are then meaningless.
 */
export function rollingMeanDeviation(
  source: Float64Array,
  from: number,
  period: number,
  means: Float64Array,
  out: Float64Array,
): number {
  let zero = rollingMean(source, from, period, means);
  for (let i = from + period - 1; i < source.length; i++) {
    const mean = means[i];
    let sum = 0;
    for (let j = i; j > i - period; j--) sum += Math.abs(source[j] - mean);
    out[i] = sum / period;
    zero += 0 * sum;
  }
  return zero;
}
