import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { nearestRank } from "./percentile-rank.ts";
import { rollingOrder } from "./rolling-order.ts";
import { percentileNearestRankStream } from "./stream/percentiles.ts";

/**
 * Percentile of the last n values by nearest rank: the smallest value that at least p % of them do not exceed. Warm-up n - 1
 * bars; na in the window is skipped and the value carried. All dialects.
 */
export function percentileNearestRankKernel(): Kernel {
  return percentileNearestRank;
}

function percentileNearestRank(
  sources: readonly Float64Array[],
  [window, percentage]: readonly number[],
  outputs: readonly Float64Array[],
): void {
  const rank = nearestRank(window, percentage);
  overWindow(
    (source, from, period, [out]) => rollingOrder(source, from, period, rank, out),
    sources[0],
    window,
    outputs,
    "skip",
  );
}

export const percentileNearestRankDefinition: IndicatorDefinition = {
  name: "percentile_nearest_rank",
  title: "Percentile (nearest rank)",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
    { name: "percentage", type: "float", min: 0, max: 100, doc: "Which percentile, 0 to 100." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: percentileNearestRankKernel,
  stream: percentileNearestRankStream,
  formula: "sorted x at rank ⌈n · p / 100⌉, at least 1",
  citation: "TradingView, Pine Script reference manual, ta.percentile_nearest_rank",
};
