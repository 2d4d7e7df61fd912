import { inChunks, whole } from "../vector/rolling/index.ts";
import { makeFinite } from "./finite.ts";

/** A column as long as another one. */
export function columnLike(column: Float64Array): Float64Array {
  return new Float64Array(column.length);
}

/** x[i] - x[i - bars]; na on the first `bars` bars and where either is missing. */
export function differences(source: Float64Array, bars: number, out: Float64Array): void {
  const count = whole(bars);
  out.fill(Number.NaN, 0, count);
  inChunks(count, source.length, (from, to) => {
    if (subtractEarlier(source, count, from, to, out) !== 0) makeFinite(out, from, to);
  });
}

/** a · b, na where that is missing. */
export function products(a: Float64Array, b: Float64Array, out: Float64Array): void {
  inChunks(0, out.length, (from, to) => {
    if (multiply(a, b, from, to, out) !== 0) makeFinite(out, from, to);
  });
}

/** a - b, na where that is missing. */
export function gaps(a: Float64Array, b: Float64Array, out: Float64Array): void {
  inChunks(0, out.length, (from, to) => {
    if (subtract(a, b, from, to, out) !== 0) makeFinite(out, from, to);
  });
}

/** scale · a / b, in this order; x / 0 is na. */
export function quotients(
  a: Float64Array,
  b: Float64Array,
  scale: number,
  out: Float64Array,
): void {
  inChunks(0, out.length, (from, to) => {
    if (divide(a, b, scale, from, to, out) !== 0) makeFinite(out, from, to);
  });
}

/** (a + b) / 2, na where that is missing. */
export function middles(a: Float64Array, b: Float64Array, out: Float64Array): void {
  inChunks(0, out.length, (from, to) => {
    if (halve(a, b, from, to, out) !== 0) makeFinite(out, from, to);
  });
}

/** Where x stands between low (0) and high (100), not clamped; x / 0 is na. */
export function positions(
  x: Float64Array,
  low: Float64Array,
  high: Float64Array,
  out: Float64Array,
): void {
  inChunks(0, out.length, (from, to) => {
    if (place(x, low, high, from, to, out) !== 0) makeFinite(out, from, to);
  });
}

/** Four bars a turn: the turn itself, with its checks of the arrays, costs more than a difference. */
function subtractEarlier(
  source: Float64Array,
  bars: number,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  let i = from;
  for (; i < to - 3; i += 4) {
    const a = source[i] - source[i - bars];
    const b = source[i + 1] - source[i - bars + 1];
    const c = source[i + 2] - source[i - bars + 2];
    const d = source[i + 3] - source[i - bars + 3];
    zero += a - a + (b - b) + (c - c + (d - d));
    out[i] = a;
    out[i + 1] = b;
    out[i + 2] = c;
    out[i + 3] = d;
  }
  for (; i < to; i++) {
    const value = source[i] - source[i - bars];
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

function multiply(
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = a[i] * b[i];
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

function subtract(
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = a[i] - b[i];
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

function halve(
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = (a[i] + b[i]) / 2;
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

function divide(
  a: Float64Array,
  b: Float64Array,
  scale: number,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = (scale * a[i]) / b[i];
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

function place(
  x: Float64Array,
  low: Float64Array,
  high: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = (100 * (x[i] - low[i])) / (high[i] - low[i]);
    zero += value - value;
    out[i] = value;
  }
  return zero;
}
