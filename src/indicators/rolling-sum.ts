import { joinHeads, sumTails } from "../vector/rolling/compensated.ts";

/**
 * Sum of the last `period` values, from bar `from + period - 1` on; earlier bars of `out` stay as they are. The block
 * sums of `rollingMean`, rounded once and not divided. Returns 0, or NaN when a value from `from` on is na.
 */
export function rollingSum(
  source: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
): number {
  const tails = new Float64Array(period + 1);
  const errors = new Float64Array(period + 1);
  let zero = 0 * headBlock(source, from, period, out);
  for (let start = from + period; start < source.length; start += period) {
    sumTails(source, start - period, period, tails, errors);
    const bars = Math.min(period, source.length - start);
    zero += 0 * joinHeads(source, start, bars, 1, tails, errors, out);
  }
  return zero;
}

function headBlock(source: Float64Array, from: number, period: number, out: Float64Array): number {
  let sum = 0;
  let error = 0;
  for (let i = from; i < from + period; i++) {
    const value = source[i];
    const next = sum + value;
    const part = next - sum;
    error += sum - (next - part) + (value - part);
    sum = next;
  }
  out[from + period - 1] = sum + error;
  return sum;
}
