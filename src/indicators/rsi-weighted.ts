import { firstDefined, isNa } from "../vector/rolling/index.ts";
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
  if (isNa(blends(source, start, 1 / period, out))) blendsOverNa(source, start, 1 / period, out);
}

function blends(source: Float64Array, start: number, alpha: number, out: Float64Array): number {
  const keep = 1 - alpha;
  let last = source[start - 1];
  const first = source[start] - last;
  let up = 0.5 * (Math.abs(first) + first);
  let down = 0.5 * (Math.abs(first) - first);
  for (let i = start; i < source.length; i++) {
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
  return up + down;
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
