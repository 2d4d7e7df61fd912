import { inChunks, isNa, overWindow, rollingMean } from "../vector/rolling/index.ts";
import { strength } from "./rsi-wilder.ts";

/** RSI of the plain means of the last n rises and falls; na where one of the n changes is missing. */
export function cutlerRsi(source: Float64Array, period: number, out: Float64Array): void {
  const bars = source.length;
  const rises = new Float64Array(bars).fill(Number.NaN);
  const falls = new Float64Array(bars).fill(Number.NaN);
  inChunks(1, bars, (from, to) => changes(source, from, to, rises, falls));
  const up = new Float64Array(bars);
  overWindow(mean, rises, period, [up], "require");
  overWindow(mean, falls, period, [out], "require");
  inChunks(0, bars, (from, to) => strengths(up, from, to, out));
}

function changes(
  source: Float64Array,
  from: number,
  to: number,
  rises: Float64Array,
  falls: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const change = source[i] - source[i - 1];
    const size = Math.abs(change);
    rises[i] = 0.5 * (size + change);
    falls[i] = 0.5 * (size - change);
  }
}

/** On entry `out` holds the means of the falls. */
function strengths(up: Float64Array, from: number, to: number, out: Float64Array): void {
  for (let i = from; i < to; i++) {
    const down = out[i];
    out[i] = isNa(down) ? Number.NaN : strength(up[i], down, Number.NaN);
  }
}

function mean(
  source: Float64Array,
  from: number,
  period: number,
  outputs: readonly Float64Array[],
): number {
  return rollingMean(source, from, period, outputs[0]);
}
