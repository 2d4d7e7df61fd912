/**
 * Mean of the last `period` values, from bar `from + period - 1` on; earlier bars of `out` stay as they are.
 *
 * Van Herk block sums with TwoSum compensation: a window is the tail of one block and the head of the next,
 * both carried as value + error, joined and rounded once before the division. The result depends only on the
 * values and on their place counted from `from`, so it has no drift and is the same in batch and in pieces.
 *
 * Returns 0, or NaN when a value from `from` on is na; `out` is then meaningless.
 */
export function rollingMean(
  source: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
): number {
  // Tail sums of the block before, by how many of its first values have left the window; none is left at `period`.
  const tail = new Float64Array(period + 1);
  const tailError = new Float64Array(period + 1);
  let zero = 0 * headBlock(source, from, period, out);
  for (let start = from + period; start < source.length; start += period) {
    sumTails(source, start - period, period, tail, tailError);
    const bars = Math.min(period, source.length - start);
    zero += 0 * joinHeads(source, start, bars, period, tail, tailError, out);
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

function sumTails(
  source: Float64Array,
  start: number,
  period: number,
  tail: Float64Array,
  tailError: Float64Array,
): void {
  let sum = 0;
  let error = 0;
  let i = start + period;
  for (let left = period - 1; left > 0; left--) {
    i--;
    const value = source[i];
    const next = sum + value;
    const part = next - sum;
    error += sum - (next - part) + (value - part);
    sum = next;
    tail[left] = sum;
    tailError[left] = error;
  }
}

function joinHeads(
  source: Float64Array,
  start: number,
  bars: number,
  period: number,
  tail: Float64Array,
  tailError: Float64Array,
  out: Float64Array,
): number {
  let sum = 0;
  let error = 0;
  let i = start;
  for (let left = 1; left <= bars; left++) {
    const value = source[i];
    let next = sum + value;
    let part = next - sum;
    error += sum - (next - part) + (value - part);
    sum = next;
    const rest = tail[left];
    next = sum + rest;
    part = next - sum;
    out[i] = (next + (sum - (next - part) + (rest - part) + error + tailError[left])) / period;
    i++;
  }
  return sum;
}
