import { isNa, overWindow, rollingMean } from "../vector/rolling/index.ts";
import { strength } from "./rsi-wilder.ts";

/** RSI of the plain means of the last n rises and falls; na where one of the n changes is missing. */
export function cutlerRsi(source: Float64Array, period: number, out: Float64Array): void {
  const bars = source.length;
  const rises = new Float64Array(bars).fill(Number.NaN);
  const falls = new Float64Array(bars).fill(Number.NaN);
  for (let i = 1; i < bars; i++) {
    const change = source[i] - source[i - 1];
    const size = Math.abs(change);
    rises[i] = 0.5 * (size + change);
    falls[i] = 0.5 * (size - change);
  }
  const up = new Float64Array(bars);
  overWindow(mean, rises, period, [up], "require");
  overWindow(mean, falls, period, [out], "require");
  for (let i = 0; i < bars; i++) {
    const down = out[i];
    out[i] = isNa(down) ? Number.NaN : strength(up[i], down, Number.NaN);
  }
}

function mean(
  source: Float64Array,
  from: number,
  period: number,
  outputs: readonly Float64Array[],
): boolean {
  return rollingMean(source, from, period, outputs[0]);
}
