import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { interpolatedRank } from "./percentile-rank.ts";
import { rollingOrder } from "./rolling-order.ts";
import { percentileLinearInterpolationStream } from "./stream/percentiles.ts";

/**
 * Percentile of the last n values, between the two nearest ranks: rank n · p / 100 + 1/2, from 1 to n. Warm-up n - 1 bars; na in
 * the window is skipped and the value carried. All dialects.
 */
export function percentileLinearInterpolationKernel(): Kernel {
  return percentileLinearInterpolation;
}

function percentileLinearInterpolation(
  sources: readonly Float64Array[],
  [window, percentage]: readonly number[],
  outputs: readonly Float64Array[],
): void {
  const rank = interpolatedRank(window, percentage);
  const below = Math.floor(rank);
  const share = rank - below;
  overWindow(
    (source, from, period, [out]) => {
      if (below + 1 === period) return rollingOrder(source, from, period, below, out);
      const above = columnLike(out);
      const zero = rollingOrder(source, from, period, below, out, above);
      inChunks(from + period - 1, out.length, (start, end) => {
        for (let i = start; i < end; i++) out[i] = finite(out[i] + share * (above[i] - out[i]));
      });
      return zero;
    },
    sources[0],
    window,
    outputs,
    "skip",
  );
}

export const percentileLinearInterpolationDefinition: IndicatorDefinition = {
  name: "percentile_linear_interpolation",
  title: "Percentile (linear interpolation)",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
    { name: "percentage", type: "float", min: 0, max: 100, doc: "Which percentile, 0 to 100." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: percentileLinearInterpolationKernel,
  stream: percentileLinearInterpolationStream,
  formula: "sorted x at rank n · p / 100 + 1 / 2, interpolated",
  citation: "TradingView, Pine Script reference manual, ta.percentile_linear_interpolation",
};
