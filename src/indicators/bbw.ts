import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { makeFinite } from "./finite.ts";
import { smaKernel } from "./sma.ts";
import { stdDevKernel } from "./std-dev.ts";
import { bbwStream } from "./stream/bbw.ts";

/**
 * Bollinger bandwidth: distance of the bands in percent of the middle, from the deviation itself: the bands are rounded to
 * the digits of the price. Warm-up n - 1 bars; na as in `bollinger` (tv). All dialects.
 */
export function bbwKernel(): Kernel {
  return bbw;
}

function bbw(
  sources: readonly Float64Array[],
  [period, deviations]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const middle = columnLike(out);
  smaKernel("tv")(sources, [period], [middle]);
  stdDevKernel("tv")(sources, [period], [out]);
  inChunks(0, out.length, (start, end) => {
    if (divide(middle, 200 * deviations, start, end, out) !== 0) makeFinite(out, start, end);
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
