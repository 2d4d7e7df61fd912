import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { kcKernel } from "./kc.ts";
import { kcwStream } from "./stream/kc.ts";

/**
 * Width of the Keltner channels as a fraction of the middle. Warm-up and na as in `kc`. All dialects.
 */
export function kcwKernel(): Kernel {
  return kcw;
}

function kcw(
  sources: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const middle = columnLike(out);
  const lower = columnLike(out);
  kcKernel()(sources, params, [middle, out, lower]);
  inChunks(0, out.length, (start, end) => {
    for (let i = start; i < end; i++) out[i] = finite((out[i] - lower[i]) / middle[i]);
  });
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
