import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { rollingLine } from "./rolling-line.ts";
import { wmaStream } from "./stream/line.ts";

/**
 * Linearly weighted moving average: weights 1 for the oldest to n for the newest. Warm-up n - 1 bars; na in the window is
 * skipped and the value carried. All dialects.
 */
export function wmaKernel(): Kernel {
  return wma;
}

function wma(
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
  const weight = 2 / (period * (period + 1));
  return rollingLine(source, from, period, weight, weight, out);
}

export const wmaDefinition: IndicatorDefinition = {
  name: "wma",
  title: "Weighted moving average",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars averaged." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: wmaKernel,
  stream: wmaStream,
  formula: "(n · x[0] + (n - 1) · x[1] + … + x[n-1]) / (n · (n + 1) / 2)",
  citation: "TradingView, Pine Script reference manual, ta.wma",
};
