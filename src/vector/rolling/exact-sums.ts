import { CHUNK } from "./chunks.ts";
import { NEAR_STATE, nearSums, openNear } from "./near-sums.ts";

/** Of a state: the sums of the coarse and of the fine parts, what splits and checks a value, and the largest allowed. */
const COARSE = 0;
const FINE = 1;
const SPLIT = 2;
const GRID = 3;
const PEAK = 4;
export const EXACT_STATE = 5;

/** How much larger than those looked at first later values may be. */
const ROOM = 256;
/** 1.5 · 2^52: added to a value and taken away again, it rounds to integers. */
const INTEGERS = 6755399441055744;
const EPSILON = 2 ** -52;

/**
 * Sums of windows, ÷ divisor, from bar `start` on by a sum that follows the window; returns the bar before which it is
 * exact, and so correctly rounded. Prices are near each other and take the shorter way of `nearSums`.
 *
 * Else a value is split into a multiple of g and a rest. With K >= period and M >= |x|, both powers of two, g = K·M·2^-52:
 * sums of the multiples are at most 2^53·g and exact. Where every rest is a multiple of u = K²·M·2^-104, sums of the
 * rests are exact as well, and adding the two rounds once. The compensated block sums do so too: their errors are
 * multiples of u, and at most 2^53·u in all.
 */
export function exactSums(
  source: Float64Array,
  start: number,
  period: number,
  divisor: number,
  out: Float64Array,
): number {
  const near = new Float64Array(NEAR_STATE);
  const state = new Float64Array(EXACT_STATE);
  const piece = Math.max(CHUNK, period);
  let isNear = openNear(source, start, period, near);
  let open = false;
  for (let at = start; at < source.length; ) {
    const to = Math.min(source.length, at + piece);
    if (isNear) {
      const done = nearSums(source, at, to, period, divisor, near, out);
      isNear = done === to;
      at = done;
      continue;
    }
    if (!open && !openSums(source, at - period, at, to, period, state)) return at;
    const done = followSums(source, at, to, period, divisor, state, out);
    if (done < to) return done;
    at = to;
    isNear = at < source.length && openNear(source, at, period, near);
    open = !isNear;
  }
  return source.length;
}

/** Chooses the grids by the values from `from` to `end`, and sums those before `to`; returns whether they are exact. */
export function openSums(
  source: Float64Array,
  from: number,
  to: number,
  end: number,
  period: number,
  state: Float64Array,
): boolean {
  if (!chooseGrids(ROOM * largest(source, from, end), period, state)) return false;
  return append(source, from, to, state);
}

/** Grids for values up to that size; returns whether there are such. */
function chooseGrids(size: number, period: number, state: Float64Array): boolean {
  const peak = powerAbove(size);
  if (!(peak > 1e-240 && peak < 1e240)) return false;
  const count = powerAbove(period);
  state[SPLIT] = 1.5 * count * peak;
  state[GRID] = INTEGERS * (count * count * peak * EPSILON * EPSILON);
  state[PEAK] = peak;
  return true;
}

/** The largest size of a value; 1 where all are 0. */
function largest(source: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; i++) {
    const size = Math.abs(source[i]);
    if (!(size <= most)) most = size;
  }
  return most === 0 ? 1 : most;
}

/** A power of two that is not below the size; by doubling, which no engine rounds. */
function powerAbove(size: number): number {
  let power = 2;
  while (power < size) power *= 2;
  while (power > 2 * size && power > 1e-300) power /= 2;
  return power;
}

function append(source: Float64Array, from: number, to: number, state: Float64Array): boolean {
  const split = state[SPLIT];
  const grid = state[GRID];
  let coarse = 0;
  let fine = 0;
  for (let i = from; i < to; i++) {
    const value = source[i];
    const high = value + split - split;
    const low = value - high;
    if (low + grid - grid !== low) return false;
    coarse += high;
    fine += low;
  }
  state[COARSE] = coarse;
  state[FINE] = fine;
  return true;
}

/** Continues the sums over the values from `from` to `to`; returns the one before which they are exact. */
export function followSums(
  source: Float64Array,
  from: number,
  to: number,
  period: number,
  divisor: number,
  state: Float64Array,
  out: Float64Array,
): number {
  const split = state[SPLIT];
  const grid = state[GRID];
  const peak = state[PEAK];
  let coarse = state[COARSE];
  let fine = state[FINE];
  let i = from;
  for (; i < to; i++) {
    const value = source[i];
    const high = value + split - split;
    const low = value - high;
    if (low + grid - grid !== low || Math.abs(value) > peak) break;
    const old = source[i - period];
    const oldHigh = old + split - split;
    coarse += high - oldHigh;
    fine += low - (old - oldHigh);
    out[i] = (coarse + fine) / divisor;
  }
  state[COARSE] = coarse;
  state[FINE] = fine;
  return i;
}
