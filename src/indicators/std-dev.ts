import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import {
  type DeviationForm,
  type NaRule,
  overWindow,
  rollingDeviation,
} from "../vector/rolling/index.ts";
import { MAX_PERIOD, windowRule } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { deviationForm } from "./deviation-form.ts";
import { stdDevStream } from "./stream/std-dev.ts";

/**
 * Standard deviation of the last n values, in the source's unit. Warm-up n - 1 bars. Population (÷ n); pandas:
 * sample (÷ n - 1, never defined for n = 1); talib: a variance below 1e-14 is 0; backtrader: |variance|.
 * na in the window: skipped and carried (tv, talib), else na.
 */
export function stdDevKernel(dialect: Dialect): Kernel {
  return deviationKernel(windowRule(dialect), deviationForm(dialect));
}

export function deviationKernel(rule: NaRule, form: DeviationForm): Kernel {
  return (sources, params, outputs) =>
    overWindow(
      (source, from, period, [out]) => rollingDeviation(source, from, period, out, form),
      sources[0],
      params[0],
      outputs,
      rule,
    );
}

export const stdDevDefinition: IndicatorDefinition = {
  name: "std_dev",
  title: "Standard deviation",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period], dialect) =>
    dialect === "pandas" && period === 1 ? Number.POSITIVE_INFINITY : period - 1,
  dialects: DIALECTS,
  kernel: stdDevKernel,
  stream: stdDevStream,
  formula: "sqrt(max(0, mean(x²) - mean(x)²)) over the last n values",
  citation: "TradingView, Pine Script reference manual, ta.stdev (biased)",
};
