/** Of a window: sum of its values and of those below its mean, each with what roundings lost, and how many are below. */
const TOTAL = 0;
const TOTAL_LOST = 1;
const BELOW = 2;
const BELOW_LOST = 3;
const COUNT = 4;
/** The mean that BELOW is of. */
const MEAN = 5;
/** Largest size of a value since sums were made anew. */
const PEAK = 6;
export const DEVIATION_SUMS = 7;

/** 2^27 + 1, which splits a double into two halves of 26 bits. */
const SPLIT = 134217729;
/** How far above all that is left a value may have been: more than the longest period. */
const FAR = 2 ** 20;

/**
 * Mean of |x - mean| by sums that follow the window: Σ|x - m| = Σx - 2·Σ(x < m) + (2·count - n)·m, each sum with the
 * errors of its additions (TwoSum), which makes it exact unless values of very different sizes meet. When a window has
 * been left by all values of the one before, or by one that was far larger than what remains, sums are made anew.
 *
 * Batch and stream do the same steps in the same order, and so agree in every bit: `leave` the oldest value, `cross`
 * each value between the old mean and the new one, in order of size, `enter` the newest, `finish`.
 */
export function leave(s: Float64Array, at: number, value: number): void {
  addTo(s, at + TOTAL, -value);
  if (value < s[at + MEAN]) drop(s, at, value);
}

export function cross(s: Float64Array, at: number, value: number): void {
  addTo(s, at + BELOW, value);
  s[at + COUNT]++;
}

/** The value is no longer below the mean. */
export function drop(s: Float64Array, at: number, value: number): void {
  addTo(s, at + BELOW, -value);
  s[at + COUNT]--;
}

export function enter(s: Float64Array, at: number, value: number, mean: number): void {
  addTo(s, at + TOTAL, value);
  if (value < mean) cross(s, at, value);
  s[at + MEAN] = mean;
  s[at + PEAK] = Math.max(s[at + PEAK], Math.abs(value));
}

export function startAnew(s: Float64Array, at: number): void {
  s.fill(0, at, at + DEVIATION_SUMS);
}

export function countBelow(s: Float64Array, at: number): number {
  return s[at + COUNT];
}

export function lastMean(s: Float64Array, at: number): number {
  return s[at + MEAN];
}

/** Mean of |x - mean|, not below 0. */
export function finish(s: Float64Array, at: number, period: number): number {
  const mean = s[at + MEAN];
  const times = 2 * s[at + COUNT] - period;
  const product = times * mean;
  const high = Math.abs(mean) < 1e290 ? SPLIT * mean - (SPLIT * mean - mean) : mean;
  const low = times * high - product + times * (mean - high);
  const a = s[at + TOTAL];
  const b = -2 * s[at + BELOW];
  const first = a + b;
  const bPart = first - a;
  const second = first + product;
  const part = second - first;
  const lost =
    a - (first - bPart) + (b - bPart) + (first - (second - part) + (product - part)) + low;
  const sum = second + (lost + s[at + TOTAL_LOST] - 2 * s[at + BELOW_LOST]);
  return Math.max(0, sum) / period;
}

/** Whether sums have lost digits, or overflowed, with values that the window holds no more. */
export function spoilt(s: Float64Array, at: number, deviation: number): boolean {
  return !(s[at + PEAK] <= FAR * (Math.abs(s[at + MEAN]) + deviation));
}

function addTo(s: Float64Array, at: number, value: number): void {
  const before = s[at];
  const sum = before + value;
  const part = sum - before;
  s[at] = sum;
  s[at + 1] += before - (sum - part) + (value - part);
}
