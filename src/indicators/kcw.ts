import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { makeFinite } from "./finite.ts";
import { averages } from "./kc.ts";
import { kcwStream } from "./stream/kc.ts";

/**
 * Width of the Keltner channels as a fraction of the middle, from the average range itself: the bands are rounded to the
 * digits of the price. Warm-up and na as in `kc`. All dialects.
 */
export function kcwKernel(): Kernel {
  return kcw;
}

function kcw(
  sources: readonly Float64Array[],
  [period, multiplier, trueRange]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const middle = columnLike(out);
  averages(sources, period, trueRange, middle, out);
  inChunks(0, out.length, (start, end) => {
    if (divide(middle, 2 * multiplier, start, end, out) !== 0) makeFinite(out, start, end);
  });
}

function divide(
  middle: Float64Array,
  scale: number,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = (scale * out[i]) / middle[i];
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

export const kcwDefinition: IndicatorDefinition = {
  name: "kcw",
  title: "Keltner channel width",
  sources: ["source", "high", "low", "close"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 20,
      doc: "Span of the averages in bars.",
    },
    {
      name: "multiplier",
      type: "float",
      min: 0,
      max: 1000,
      default: 2,
      doc: "Distance of the bands from the middle, in average ranges.",
    },
    {
      name: "use_true_range",
      type: "int",
      min: 0,
      max: 1,
      default: 1,
      doc: "1: true ranges, which start on the second bar; 0: high - low.",
    },
  ],
  outputs: ["value"],
  warmup: ([period, , trueRange]) => period - 1 + trueRange,
  dialects: DIALECTS,
  kernel: kcwKernel,
  stream: kcwStream,
  formula: "(upper - lower) / middle of the Keltner channels",
  citation: "TradingView, Pine Script reference manual, ta.kcw",
};
