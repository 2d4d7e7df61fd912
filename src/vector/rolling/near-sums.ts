/** Of a state: what is summed in large, the exact rest, the prices between which all is exact, and the largest rest. */
export const BASE = 0;
export const REST = 1;
export const LOW = 2;
export const HIGH = 3;
export const LIMIT = 4;
export const NEAR_STATE = 5;

/**
 * Sums of windows, ÷ divisor, from bar `start` on while all values are near each other, as prices are; returns the bar before
 * which they are exact, and so correctly rounded.
 *
 * Values from p to 3p, p = 2^k, are multiples of u = 2^(k-52), and differences of two of them are at most 2^53·u, so exact.
 * A sum is kept as base + rest: the rest takes value - oldest and is exact while below 2^53·u, to which (2^53 + 1)·u rounds
 * too; from there on the base takes what it can of it (FastTwoSum), and a rest of half its last place is left. Only
 * base + rest is rounded.
 */
export function nearSums(
  source: Float64Array,
  start: number,
  end: number,
  period: number,
  divisor: number,
  state: Float64Array,
  out: Float64Array,
): number {
  let opened = -1;
  for (let at = start; at < end; ) {
    const done = follow(source, at, end, period, divisor, state, out);
    if (done === end) return end;
    if (areWithin(source, done, done + 1, state[LOW], state[HIGH])) {
      if (done === opened) return done;
      opened = done;
      settle(state);
    } else {
      if (!openNear(source, done, period, state)) return done;
      opened = -1;
    }
    at = done;
  }
  return end;
}

/** A band about the value at bar `at`, and the sum of the `period` values before it; returns whether all lie in the band. */
export function openNear(
  source: Float64Array,
  at: number,
  period: number,
  state: Float64Array,
): boolean {
  if (!chooseBand(source[at], state)) return false;
  if (!areWithin(source, at - period, at + 1, state[LOW], state[HIGH])) return false;
  let base = 0;
  let rest = 0;
  for (let i = at - period; i < at; i++) {
    const value = source[i];
    const next = base + value;
    const part = next - base;
    rest += base - (next - part) + (value - part);
    base = next;
  }
  state[BASE] = base;
  state[REST] = rest;
  return true;
}

/** The band with most room on both sides of a price; returns whether there is one. */
export function chooseBand(price: number, state: Float64Array): boolean {
  if (!(price > 1e-240 && price < 1e240)) return false;
  let power = 1;
  while (1.25 * power > price) power /= 2;
  while (2.5 * power <= price) power *= 2;
  state[LOW] = power;
  state[HIGH] = 3 * power;
  state[LIMIT] = 2 * power;
  return true;
}

/** Whether all values are between the bounds, and none is one of them. */
export function areWithin(
  source: Float64Array,
  from: number,
  to: number,
  low: number,
  high: number,
): boolean {
  for (let i = from; i < to; i++) if (!(source[i] > low && source[i] < high)) return false;
  return true;
}

function settle(state: Float64Array): void {
  const base = state[BASE] + state[REST];
  state[REST] -= base - state[BASE];
  state[BASE] = base;
}

/**
 * Four bars a turn, one comparison for both bounds: |x - 2p| < p. What is short of p by less than u comes to p, so that the
 * bounds themselves are left out. Each call leaves a bar to the plain loop, which V8 would else compile before it ran, and
 * leave the optimised code on every break of the other.
 */
function follow(
  source: Float64Array,
  from: number,
  to: number,
  period: number,
  divisor: number,
  state: Float64Array,
  out: Float64Array,
): number {
  const base = state[BASE];
  const reach = state[LOW];
  const limit = state[LIMIT];
  const middle = limit;
  let rest = state[REST];
  let i = from;
  for (; i < to - 4; i += 4) {
    const a = source[i];
    const b = source[i + 1];
    const c = source[i + 2];
    const d = source[i + 3];
    const first = rest + (a - source[i - period]);
    const second = first + (b - source[i - period + 1]);
    const third = second + (c - source[i - period + 2]);
    const fourth = third + (d - source[i - period + 3]);
    const near =
      Math.abs(a - middle) < reach &&
      Math.abs(b - middle) < reach &&
      Math.abs(c - middle) < reach &&
      Math.abs(d - middle) < reach &&
      Math.abs(first) < limit &&
      Math.abs(second) < limit &&
      Math.abs(third) < limit &&
      Math.abs(fourth) < limit;
    if (!near) break;
    out[i] = (base + first) / divisor;
    out[i + 1] = (base + second) / divisor;
    out[i + 2] = (base + third) / divisor;
    out[i + 3] = (base + fourth) / divisor;
    rest = fourth;
  }
  for (; i < to; i++) {
    const value = source[i];
    const next = rest + (value - source[i - period]);
    if (!(Math.abs(value - middle) < reach && Math.abs(next) < limit)) break;
    rest = next;
    out[i] = (base + rest) / divisor;
  }
  state[REST] = rest;
  return i;
}
