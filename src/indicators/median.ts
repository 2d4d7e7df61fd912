import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { rollingOrder } from "./rolling-order.ts";
import { medianStream } from "./stream/percentiles.ts";

/**
 * Median of the last n values; of an even number the mean of the middle two. Warm-up n - 1 bars; na in the window is skipped
 * and the value carried. All dialects.
 */
export function medianKernel(): Kernel {
  return median;
}

function median(
  sources: readonly Float64Array[],
  params: readonly number[],
  outputs: readonly Float64Array[],
): void {
  overWindow(dense, sources[0], params[0], outputs, "skip");
}

function dense(
  source: Float64Array,
  from: number,
  period: number,
  [out]: readonly Float64Array[],
): number {
  if (period % 2 === 1) return rollingOrder(source, from, period, period >>> 1, out);
  const above = columnLike(out);
  const zero = rollingOrder(source, from, period, (period >>> 1) - 1, out, above);
  inChunks(from + period - 1, out.length, (start, end) => {
    for (let i = start; i < end; i++) out[i] = finite((out[i] + above[i]) / 2);
  });
  return zero;
}

export const medianDefinition: IndicatorDefinition = {
  name: "median",
  title: "Median",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: medianKernel,
  stream: medianStream,
  formula: "middle of the sorted x[0], …, x[n-1]",
  citation: "TradingView, Pine Script reference manual, ta.median",
};
