import { joinHeads, sumTails } from "./compensated.ts";
import { exactSums } from "./exact-sums.ts";

/** How many blocks are compensated before the short way is tried again, at first and at most. */
const PATIENCE = 8;
const MOST_PATIENCE = 1024;

/**
 * Mean of the last `period` values, from bar `from + period - 1` on; earlier bars of `out` stay as they are.
 *
 * Van Herk block sums with TwoSum compensation: a window is the tail of one block and the head of the next,
 * both carried as value + error, joined and rounded once before the division. The result depends only on the
 * values and on their place counted from `from`, so it has no drift and is the same in batch and in pieces.
 * Where a sum that follows the window is exact, it gives the same bits in less than half of the time.
 *
 * Returns 0, or NaN when a value from `from` on is na; `out` is then meaningless.
 */
export function rollingMean(
  source: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
): number {
  return rollingSums(source, from, period, period, out);
}

/** The same sums, ÷ divisor. */
export function rollingSums(
  source: Float64Array,
  from: number,
  period: number,
  divisor: number,
  out: Float64Array,
): number {
  // Sums of the block before without its first values; at `period` none of it is left.
  const tails = new Float64Array(period + 1);
  const errors = new Float64Array(period + 1);
  let zero = 0 * headBlock(source, from, period, divisor, out);
  let patience = PATIENCE;
  let wait = 0;
  for (let start = from + period; start < source.length; start += period) {
    if (wait === 0) {
      const done = exactSums(source, start, period, divisor, out);
      if (done === source.length) break;
      const blocks = Math.floor((done - start) / period);
      start += blocks * period;
      patience = blocks > PATIENCE ? PATIENCE : Math.min(MOST_PATIENCE, 2 * patience);
      wait = patience;
    }
    wait--;
    const bars = Math.min(period, source.length - start);
    sumTails(source, start - period, period, tails, errors);
    zero += 0 * joinHeads(source, start, bars, divisor, tails, errors, out);
  }
  return zero;
}

/** The first block has no block before it: only its last bar has a full window. */
function headBlock(
  source: Float64Array,
  from: number,
  period: number,
  divisor: number,
  out: Float64Array,
): number {
  let sum = 0;
  let error = 0;
  for (let i = from; i < from + period; i++) {
    const value = source[i];
    const next = sum + value;
    const part = next - sum;
    error += sum - (next - part) + (value - part);
    sum = next;
  }
  out[from + period - 1] = (sum + error) / divisor;
  return sum;
}
