import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { overWindow, rollingMean } from "../vector/rolling/index.ts";
import { MAX_PERIOD, windowRule } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { smaStream } from "./stream/sma.ts";

/**
 * Simple moving average: the correctly rounded sum of the last n values, ÷ n. Warm-up n - 1 bars.
 * na in the window: skipped and carried (tv, talib), else na.
 */
export function smaKernel(dialect: Dialect): Kernel {
  const rule = windowRule(dialect);
  return (sources, params, outputs) => overWindow(dense, sources[0], params[0], outputs, rule);
}

function dense(
  source: Float64Array,
  from: number,
  period: number,
  outputs: readonly Float64Array[],
): number {
  return rollingMean(source, from, period, outputs[0]);
}

export const smaDefinition: IndicatorDefinition = {
  name: "sma",
  title: "Simple moving average",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars averaged." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: smaKernel,
  stream: smaStream,
  formula: "(x[0] + x[1] + … + x[n-1]) / n",
  citation: "TradingView, Pine Script reference manual, ta.sma",
};
