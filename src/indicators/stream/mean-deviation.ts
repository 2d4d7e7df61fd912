/** `rollingMeanDeviation` of the `period` values from `start` on, with its bits: from the newest back. */
export function meanDeviation(
  values: Float64Array,
  start: number,
  period: number,
  mean: number,
): number {
  let sum = 0;
  for (let j = start + period - 1; j >= start; j--) sum += Math.abs(values[j] - mean);
  return sum / period;
}
