import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow, rollingSums } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { sumStream } from "./stream/sum.ts";

/**
 * Sum of the last n values, correctly rounded. Warm-up n - 1 bars; na in the window is skipped and the value carried. All
 * dialects.
 */
export function sumKernel(): Kernel {
  return sum;
}

function sum(
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
  outputs: readonly Float64Array[],
): number {
  return rollingSums(source, from, period, 1, outputs[0]);
}

export const sumDefinition: IndicatorDefinition = {
  name: "sum",
  title: "Rolling sum",
  sources: ["source"],
  params: [{ name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars summed." }],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: sumKernel,
  stream: sumStream,
  formula: "x[0] + x[1] + … + x[n-1]",
  citation: "TradingView, Pine Script reference manual, math.sum",
};
