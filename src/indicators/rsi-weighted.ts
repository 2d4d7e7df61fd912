import { firstDefined, inChunks, isNa } from "../vector/rolling/index.ts";
import { strength } from "./rsi-wilder.ts";

/**
 * RSI of `ewm(alpha=1/n, adjust=False).mean()` over the rises and the falls of `diff()`: from the second value on,
 * NaN while nothing changed; over na the averages are carried and their weight decays.
 */
export function weightedRsi(source: Float64Array, period: number, out: Float64Array): void {
  let start = firstDefined(source) + 1;
  while (start < source.length && isNa(source[start] - source[start - 1])) start++;
  out.fill(Number.NaN, 0, start);
  if (start >= source.length) return;
  const first = source[start] - source[start - 1];
  const averages = Float64Array.of(
    0.5 * (Math.abs(first) + first),
    0.5 * (Math.abs(first) - first),
  );
  inChunks(start, source.length, (from, to) => blends(source, from, to, 1 / period, averages, out));
  if (isNa(out[out.length - 1])) blendsOverNa(source, start, 1 / period, out);
}

function blends(
  source: Float64Array,
  from: number,
  to: number,
  alpha: number,
  averages: Float64Array,
  out: Float64Array,
): void {
  const keep = 1 - alpha;
  let last = source[from - 1];
  let up = averages[0];
  let down = averages[1];
  for (let i = from; i < to; i++) {
    const value = source[i];
    const change = value - last;
    const size = Math.abs(change);
    const rise = 0.5 * (size + change);
    const fall = 0.5 * (size - change);
    last = value;
    if (rise !== up) up = keep * up + alpha * rise;
    if (fall !== down) down = keep * down + alpha * fall;
    out[i] = down === 0 ? (up === 0 ? Number.NaN : 100) : 100 - 100 / (1 + up / down);
  }
  averages[0] = up;
  averages[1] = down;
}

function blendsOverNa(source: Float64Array, start: number, alpha: number, out: Float64Array): void {
  const first = source[start] - source[start - 1];
  let up = 0.5 * (Math.abs(first) + first);
  let down = 0.5 * (Math.abs(first) - first);
  let weight = 1;
  for (let i = start; i < source.length; i++) {
    const change = source[i] - source[i - 1];
    if (i > start) weight *= 1 - alpha;
    if (!isNa(change)) {
      const size = Math.abs(change);
      const rise = 0.5 * (size + change);
      const fall = 0.5 * (size - change);
      if (rise !== up) up = (weight * up + alpha * rise) / (weight + alpha);
      if (fall !== down) down = (weight * down + alpha * fall) / (weight + alpha);
      weight = 1;
    }
    out[i] = strength(up, down, Number.NaN);
  }
}
