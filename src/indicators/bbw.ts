import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { bollingerKernel } from "./bollinger.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { bbwStream } from "./stream/bbw.ts";

/**
 * Bollinger bandwidth: distance of the bands in percent of the middle. Warm-up n - 1 bars; na as in `bollinger` (tv). All
 * dialects.
 */
export function bbwKernel(): Kernel {
  return bbw;
}

function bbw(
  sources: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const middle = columnLike(out);
  const lower = columnLike(out);
  bollingerKernel("tv")(sources, params, [middle, out, lower]);
  inChunks(0, out.length, (start, end) => {
    for (let i = start; i < end; i++) out[i] = finite((100 * (out[i] - lower[i])) / middle[i]);
  });
}

export const bbwDefinition: IndicatorDefinition = {
  name: "bbw",
  title: "Bollinger bandwidth",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 20,
      doc: "Number of bars in the window.",
    },
    {
      name: "num_std_dev",
      type: "float",
      min: 0,
      max: 1000,
      default: 2,
      doc: "Distance of the bands from the middle, in standard deviations.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: bbwKernel,
  stream: bbwStream,
  formula: "100 · (upper - lower) / middle of the Bollinger bands",
  citation: "TradingView, Pine Script reference manual, ta.bbw",
};
