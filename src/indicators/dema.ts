import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { emaKernel } from "./ema.ts";
import { makeFinite } from "./finite.ts";
import { demaStream } from "./stream/ema-towers.ts";

/** Double exponential moving average. Warm-up 2·(n - 1) bars; na as in `ema` (tv). All dialects. */
export function demaKernel(): Kernel {
  return dema;
}

function dema(
  [source]: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const ema = emaKernel("tv");
  const twice = columnLike(source);
  ema([source], params, [out]);
  ema([out], params, [twice]);
  inChunks(0, out.length, (from, to) => {
    if (lead(twice, from, to, out) !== 0) makeFinite(out, from, to);
  });
}

function lead(twice: Float64Array, from: number, to: number, out: Float64Array): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = 2 * out[i] - twice[i];
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

export const demaDefinition: IndicatorDefinition = {
  name: "dema",
  title: "Double exponential moving average",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Span of each average in bars." },
  ],
  outputs: ["value"],
  warmup: ([period]) => 2 * (period - 1),
  dialects: DIALECTS,
  kernel: demaKernel,
  stream: demaStream,
  formula: "2 · e - ema(e, n), e = ema(x, n)",
  citation:
    "Patrick G. Mulloy, Smoothing Data with Faster Moving Averages, Stocks & Commodities 12:1 (1994)",
};
