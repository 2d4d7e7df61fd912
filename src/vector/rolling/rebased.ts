/** 2^27 + 1, which splits a double into two halves of 26 bits. */
const SPLIT = 134217729;

/**
 * Means of the windows that end in the block at `start`, by sums of d = x - pivot, where these are exact; returns
 * whether they were, else `out` is meaningless.
 *
 * With e the pivot's exponent and u = 2^(e-53): if |d| <= |pivot|/2, every x and d is a multiple of u, and so is
 * every sum, which is exact while it is at most 2^53·u, hence while it is at most |pivot|/2. Cauchy's inequality
 * holds all of them below |pivot|/√8 if 8·n·Σd² <= pivot². Then n·pivot, as a double and its error, plus the sum is
 * rounded once: the correctly rounded sum, which is what compensated sums give of such values.
 */
export function rebasedMeans(
  source: Float64Array,
  start: number,
  bars: number,
  period: number,
  tails: Float64Array,
  out: Float64Array,
): boolean {
  const pivot = source[start - 1];
  const square = pivot * pivot;
  // Out of this range the squares lose digits or overflow.
  if (!(square > 1e-280 && square < 1e280)) return false;
  const base = period * pivot;
  const high = SPLIT * pivot - (SPLIT * pivot - pivot);
  const low = period * high - base + period * (pivot - high);
  const spread =
    sumTails(source, start, period, pivot, tails) +
    joinHeads(source, start, bars, period, pivot, base, low, tails, out);
  return 8 * period * spread <= square;
}

function sumTails(
  source: Float64Array,
  end: number,
  period: number,
  pivot: number,
  tails: Float64Array,
): number {
  let sum = 0;
  let squares = 0;
  let i = end;
  for (let left = period - 1; left > 0; left--) {
    i--;
    const d = source[i] - pivot;
    sum += d;
    squares += d * d;
    tails[left] = sum;
  }
  return squares;
}

function joinHeads(
  source: Float64Array,
  start: number,
  bars: number,
  period: number,
  pivot: number,
  base: number,
  low: number,
  tails: Float64Array,
  out: Float64Array,
): number {
  let sum = 0;
  let squares = 0;
  let i = start;
  for (let left = 1; left <= bars; left++) {
    const d = source[i] - pivot;
    sum += d;
    squares += d * d;
    out[i] = (base + (low + (sum + tails[left]))) / period;
    i++;
  }
  return squares;
}
