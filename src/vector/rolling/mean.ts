import { joinHeads, sumTails } from "./compensated.ts";
import { rebasedMeans } from "./rebased.ts";

/** How many blocks go the long way before the short one is tried again. */
const PATIENCE = 8;

/**
 * Mean of the last `period` values, from bar `from + period - 1` on; earlier bars of `out` stay as they are.
 *
 * Van Herk block sums with TwoSum compensation: a window is the tail of one block and the head of the next,
 * both carried as value + error, joined and rounded once before the division. The result depends only on the
 * values and on their place counted from `from`, so it has no drift and is the same in batch and in pieces.
 * Where the values of two blocks are so close to each other that sums of their differences are exact, these
 * give the same bits in two thirds of the time.
 *
 * Returns 0, or NaN when a value from `from` on is na; `out` is then meaningless.
 */
export function rollingMean(
  source: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
): number {
  // Sums of the block before without its first values; at `period` none of it is left.
  const tails = new Float64Array(period + 1);
  const errors = new Float64Array(period + 1);
  let zero = 0 * headBlock(source, from, period, out);
  let patience = 0;
  for (let start = from + period; start < source.length; start += period) {
    const bars = Math.min(period, source.length - start);
    if (patience === 0 && rebasedMeans(source, start, bars, period, tails, out)) continue;
    patience = patience === 0 ? PATIENCE : patience - 1;
    sumTails(source, start - period, period, tails, errors);
    zero += 0 * joinHeads(source, start, bars, period, tails, errors, out);
  }
  return zero;
}

/** The first block has no block before it: only its last bar has a full window. */
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
  out[from + period - 1] = (sum + error) / period;
  return sum;
}
