/**
 * Sums of the block's last values, `left` of its first ones having gone, for left = 1 to period - 1: the value, and
 * beside it the sum of what the roundings lost (TwoSum: Knuth, The Art of Computer Programming 2, 4.2.2).
 */
export function sumTails(
  source: Float64Array,
  start: number,
  period: number,
  tails: Float64Array,
  errors: Float64Array,
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
    tails[left] = sum;
    errors[left] = error;
  }
}

/**
 * Means of windows that end in the block: its first values joined to the tails of the block before, rounded once
 * before the division. Returns the sum of its values.
 */
export function joinHeads(
  source: Float64Array,
  start: number,
  bars: number,
  period: number,
  tails: Float64Array,
  errors: Float64Array,
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
    const rest = tails[left];
    next = sum + rest;
    part = next - sum;
    out[i] = (next + (sum - (next - part) + (rest - part) + error + errors[left])) / period;
    i++;
  }
  return sum;
}
