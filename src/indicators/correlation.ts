import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { overPairs, rollingCorrelation } from "../vector/rolling/index.ts";
import { MAX_PERIOD, windowRule } from "./conventions.ts";
import { correlationForm } from "./correlation-form.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { correlationStream } from "./stream/correlation.ts";

/**
 * Pearson's correlation of two series over the last n bars, -1 to 1. Warm-up n - 1 bars. na where a series does not
 * vary; talib: 0 there, and where the product of both squared deviations is below 1e-14. A bar with na in either:
 * skipped and carried (tv, talib), else na.
 */
export function correlationKernel(dialect: Dialect): Kernel {
  const rule = windowRule(dialect);
  const form = correlationForm(dialect);
  return ([source, other], [period], [out]) =>
    overPairs(
      (x, y, n, results) => rollingCorrelation(x, y, n, results, form),
      source,
      other,
      period,
      out,
      rule,
    );
}

export const correlationDefinition: IndicatorDefinition = {
  name: "correlation",
  title: "Correlation",
  sources: ["source", "other"],
  params: [
    { name: "period", type: "int", min: 2, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: correlationKernel,
  stream: correlationStream,
  formula: "covariance(x, y) / (std_dev(x) · std_dev(y)) over the last n values, population forms",
  citation: "TradingView, Pine Script reference manual, ta.correlation",
};
