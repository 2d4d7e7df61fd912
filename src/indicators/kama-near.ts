import {
  areWithin,
  CHUNK,
  chooseBand,
  HIGH,
  LIMIT,
  LOW,
  NEAR_STATE,
} from "../vector/rolling/index.ts";

const VALUE = NEAR_STATE;
const PATH = NEAR_STATE + 1;
/** The value before the first one of the window, or that one on the first bar. */
const OLDEST = NEAR_STATE + 2;
const STATE = NEAR_STATE + 3;

/**
 * `kama` over prices that are near each other, from bar `from + period` on: changes are exact there, and so is their sum while
 * it is within the band's limit, with the bits of compensated sums. Returns whether it held to the end.
 */
export function adaptNear(
  source: Float64Array,
  from: number,
  period: number,
  fast: number,
  slow: number,
  out: Float64Array,
): boolean {
  // No value lies in a band of NaN.
  const state = new Float64Array(STATE).fill(Number.NaN);
  const first = from + period;
  state[VALUE] = source[first - 1];
  let opened = -1;
  for (let at = first; at < source.length; ) {
    const end = Math.min(source.length, at + CHUNK);
    const done = follow(source, at, end, period, fast, slow, state, out);
    if (done < end) {
      const oldest = Math.max(from, done - period - 1);
      if (done === opened || !open(source, oldest, done, state)) return false;
      opened = done;
    }
    at = done;
  }
  return true;
}

/** A band about the value at bar `at`, and the sum of the changes from `oldest` to the bar before it. */
function open(source: Float64Array, oldest: number, at: number, state: Float64Array): boolean {
  if (!chooseBand(source[at], state)) return false;
  if (!areWithin(source, oldest, at + 1, state[LOW], state[HIGH])) return false;
  let path = 0;
  for (let i = oldest + 1; i < at; i++) path += Math.abs(source[i] - source[i - 1]);
  state[OLDEST] = source[oldest];
  state[PATH] = path;
  return path < state[LIMIT];
}

/** Two bars a turn, one comparison for both bounds and a bar or two for the plain loop, as in `nearSums`. */
function follow(
  source: Float64Array,
  from: number,
  to: number,
  period: number,
  fast: number,
  slow: number,
  state: Float64Array,
  out: Float64Array,
): number {
  const span = fast - slow;
  const reach = state[LOW];
  const limit = state[LIMIT];
  const middle = limit;
  let path = state[PATH];
  let average = state[VALUE];
  let last = source[from - 1];
  let oldest = state[OLDEST];
  let i = from;
  for (; i < to - 2; i += 2) {
    const x = source[i];
    const y = source[i + 1];
    const old = source[i - period];
    const older = oldest;
    const next = source[i - period + 1];
    const one = path + (Math.abs(x - last) - Math.abs(old - older));
    const two = one + (Math.abs(y - x) - Math.abs(next - old));
    const near =
      Math.abs(x - middle) < reach && Math.abs(y - middle) < reach && one < limit && two < limit;
    if (!near) break;
    const way = Math.abs(x - old);
    const smooth = (one > way ? way / one : 1) * span + slow;
    average += smooth * smooth * (x - average);
    out[i] = average;
    const second = Math.abs(y - next);
    const smoother = (two > second ? second / two : 1) * span + slow;
    average += smoother * smoother * (y - average);
    out[i + 1] = average;
    path = two;
    last = y;
    oldest = next;
  }
  for (; i < to; i++) {
    const x = source[i];
    const old = source[i - period];
    const sum = path + (Math.abs(x - last) - Math.abs(old - oldest));
    if (!(Math.abs(x - middle) < reach && sum < limit)) break;
    path = sum;
    last = x;
    oldest = old;
    const way = Math.abs(x - old);
    let ratio = 1;
    if (path > way) ratio = way / path;
    const smooth = ratio * span + slow;
    average += smooth * smooth * (x - average);
    out[i] = average;
  }
  state[OLDEST] = oldest;
  state[PATH] = path;
  state[VALUE] = average;
  return i;
}
