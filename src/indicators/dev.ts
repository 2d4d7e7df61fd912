import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { rollingMeanDeviation, SHORT_DEVIATION } from "./mean-deviation.ts";
import { devStream } from "./stream/dev.ts";

/**
 * Mean absolute deviation from the mean of the last n values. Warm-up n - 1 bars; na in the window is skipped and the value
 * carried. All dialects.
 */
export function devKernel(): Kernel {
  return dev;
}

function dev(
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
  const distances = period <= SHORT_DEVIATION ? out : new Float64Array(source.length);
  return rollingMeanDeviation(source, from, period, distances, out);
}

export const devDefinition: IndicatorDefinition = {
  name: "dev",
  title: "Mean absolute deviation",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: devKernel,
  stream: devStream,
  formula: "Σ abs(x[i] - sma(x, n)) / n",
  citation: "TradingView, Pine Script reference manual, ta.dev",
};
