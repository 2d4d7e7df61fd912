import { areWithin, CHUNK, chooseBand, LOW, NEAR_STATE } from "../vector/rolling/index.ts";

/** Of a state: the lowest and the highest value of the band, a value in it, and the sum of what values differ from that. */
const LOWEST = NEAR_STATE;
const HIGHEST = NEAR_STATE + 1;
const PIVOT = NEAR_STATE + 2;
const SUM = NEAR_STATE + 3;
const STATE = NEAR_STATE + 4;

/**
 * What `restOfMean` and `meanDistance` give from bar `first` on, with the same bits and half of the work, while values are
 * near each other; returns the bar before which they are. On entry `distances` holds the rounded means.
 *
 * As in `nearSums`, differences of values from p to 3p are multiples of u and exact up to 2^53·u; where `period` times the
 * largest of them is still within that, so is their sum, and so is what the mean lacks of it, in whatever order it is made.
 */
export function nearDeviations(
  source: Float64Array,
  first: number,
  period: number,
  distances: Float64Array,
  out: Float64Array,
): number {
  // No value lies in a band of NaN.
  const state = new Float64Array(STATE).fill(Number.NaN);
  let opened = -1;
  for (let at = first; at < source.length; ) {
    const end = Math.min(source.length, at + CHUNK);
    const done = follow(source, at, end, period, state, distances, out);
    if (done < end) {
      if (done === opened || !open(source, done, period, state)) return done;
      opened = done;
    }
    at = done;
  }
  return source.length;
}

/** A band about the value at bar `at`, which holds the window before it too; returns whether there is one. */
function open(source: Float64Array, at: number, period: number, state: Float64Array): boolean {
  const pivot = source[at];
  if (!chooseBand(pivot, state)) return false;
  const reach = (0.99 * state[LOW]) / period;
  state[LOWEST] = Math.max(state[LOW], pivot - reach);
  state[HIGHEST] = pivot + reach;
  state[PIVOT] = pivot;
  const oldest = at - period;
  if (!areWithin(source, oldest, at + 1, state[LOWEST], state[HIGHEST])) return false;
  let sum = 0;
  for (let i = oldest; i < at; i++) sum += source[i] - pivot;
  state[SUM] = sum;
  return true;
}

function follow(
  source: Float64Array,
  from: number,
  to: number,
  period: number,
  state: Float64Array,
  distances: Float64Array,
  out: Float64Array,
): number {
  const lowest = state[LOWEST];
  const highest = state[HIGHEST];
  const pivot = state[PIVOT];
  let sum = state[SUM];
  let i = from;
  for (; i < to; i++) {
    const value = source[i];
    if (!(value >= lowest && value <= highest)) break;
    sum += value - source[i - period];
    const mean = distances[i];
    const rest = (sum - period * (mean - pivot)) / period;
    const first = i - period + 1;
    let one = 0;
    let other = 0;
    let j = i;
    for (; j > first + 2; j -= 4) {
      one += Math.abs(source[j] - mean - rest);
      other += Math.abs(source[j - 1] - mean - rest);
      one += Math.abs(source[j - 2] - mean - rest);
      other += Math.abs(source[j - 3] - mean - rest);
    }
    for (; j > first; j -= 2) {
      one += Math.abs(source[j] - mean - rest);
      other += Math.abs(source[j - 1] - mean - rest);
    }
    if (j === first) one += Math.abs(source[j] - mean - rest);
    distances[i] = value - mean - rest;
    out[i] = (one + other) / period;
  }
  state[SUM] = sum;
  return i;
}
