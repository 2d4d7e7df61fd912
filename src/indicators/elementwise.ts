import { inChunks } from "../vector/rolling/index.ts";
import { finite } from "./finite.ts";

/** A column as long as another one. */
export function columnLike(column: Float64Array): Float64Array {
  return new Float64Array(column.length);
}

/** x[i] - x[i - bars]; na on the first `bars` bars and where either is missing. */
export function differences(source: Float64Array, bars: number, out: Float64Array): void {
  out.fill(Number.NaN, 0, bars);
  inChunks(bars, source.length, (from, to) => {
    for (let i = from; i < to; i++) out[i] = finite(source[i] - source[i - bars]);
  });
}

/** a · b, na where that is missing. */
export function products(a: Float64Array, b: Float64Array, out: Float64Array): void {
  inChunks(0, out.length, (from, to) => {
    for (let i = from; i < to; i++) out[i] = finite(a[i] * b[i]);
  });
}

/** a - b, na where that is missing. */
export function gaps(a: Float64Array, b: Float64Array, out: Float64Array): void {
  inChunks(0, out.length, (from, to) => {
    for (let i = from; i < to; i++) out[i] = finite(a[i] - b[i]);
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
    for (let i = from; i < to; i++) out[i] = finite((scale * a[i]) / b[i]);
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
    for (let i = from; i < to; i++) out[i] = finite((100 * (x[i] - low[i])) / (high[i] - low[i]));
  });
}
