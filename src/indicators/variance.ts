import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD, windowRule } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { varianceForm } from "./deviation-form.ts";
import { deviationKernel } from "./std-dev.ts";
import { varianceStream } from "./stream/std-dev.ts";

/**
 * Variance of the last n values. Warm-up, divisors and na as in `stdDevKernel`; in `talib` without the floor of TA-Lib's
 * STDDEV, which its VAR has not.
 */
export function varianceKernel(dialect: Dialect): Kernel {
  return deviationKernel(windowRule(dialect), varianceForm(dialect));
}

export const varianceDefinition: IndicatorDefinition = {
  name: "variance",
  title: "Variance",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period], dialect) =>
    dialect === "pandas" && period === 1 ? Number.POSITIVE_INFINITY : period - 1,
  dialects: DIALECTS,
  kernel: varianceKernel,
  stream: varianceStream,
  formula: "max(0, mean(x²) - mean(x)²) over the last n values",
  citation: "TradingView, Pine Script reference manual, ta.variance (biased)",
};
