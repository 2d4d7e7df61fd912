import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { rollingSorted } from "./sorted-window.ts";
import { medianStream } from "./stream/percentiles.ts";

/**
 * Median of the last n values; of an even number the mean of the middle two. Warm-up n - 1 bars; na in the window is skipped
 * and the value carried. A sorted window: O(log n) comparisons and O(n) bytes moved per bar. All dialects.
 */
export function medianKernel(): Kernel {
  return median;
}

function median(
  sources: readonly Float64Array[],
  params: readonly number[],
  outputs: readonly Float64Array[],
): void {
  overWindow(
    (source, from, period, [out]) => rollingSorted(source, from, period, middle, out),
    sources[0],
    params[0],
    outputs,
    "skip",
  );
}

function middle(sorted: Float64Array, _: Float64Array, bar: number, out: Float64Array): void {
  const half = sorted.length >>> 1;
  out[bar] = sorted.length % 2 === 1 ? sorted[half] : finite((sorted[half - 1] + sorted[half]) / 2);
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
