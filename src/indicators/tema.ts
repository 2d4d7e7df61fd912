import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { emaKernel } from "./ema.ts";
import { makeFinite } from "./finite.ts";
import { temaStream } from "./stream/ema-towers.ts";

/** Triple exponential moving average. Warm-up 3·(n - 1) bars; na as in `ema` (tv). All dialects. */
export function temaKernel(): Kernel {
  return tema;
}

function tema(
  [source]: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const ema = emaKernel("tv");
  const twice = columnLike(source);
  const thrice = columnLike(source);
  ema([source], params, [out]);
  ema([out], params, [twice]);
  ema([twice], params, [thrice]);
  inChunks(0, out.length, (from, to) => {
    if (lead(twice, thrice, from, to, out) !== 0) makeFinite(out, from, to);
  });
}

function lead(
  twice: Float64Array,
  thrice: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = 3 * (out[i] - twice[i]) + thrice[i];
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

export const temaDefinition: IndicatorDefinition = {
  name: "tema",
  title: "Triple exponential moving average",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Span of each average in bars." },
  ],
  outputs: ["value"],
  warmup: ([period]) => 3 * (period - 1),
  dialects: DIALECTS,
  kernel: temaKernel,
  stream: temaStream,
  formula: "3 · (e - e2) + e3, e = ema(x, n), e2 = ema(e, n), e3 = ema(e2, n)",
  citation:
    "Patrick G. Mulloy, Smoothing Data with Faster Moving Averages, Stocks & Commodities 12:1 (1994)",
};
