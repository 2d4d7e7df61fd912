import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { crossAbove } from "./cross-above.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { crossoverStream } from "./stream/cross.ts";

/**
 * 1 where the source crosses above the other series, else 0; what counts as a cross, and na, as the dialects have it:
 * see crossAbove. Warm-up 1 bar in tv and talib, none in the others.
 */
export function crossoverKernel(dialect: Dialect): Kernel {
  return ([source, other], _params, [out]) => crossAbove(source, other, dialect, out);
}

export const crossoverDefinition: IndicatorDefinition = {
  name: "crossover",
  title: "Cross above",
  sources: ["source", "other"],
  params: [],
  outputs: ["value"],
  warmup: (_, dialect) => (dialect === "tv" || dialect === "talib" ? 1 : 0),
  dialects: DIALECTS,
  kernel: crossoverKernel,
  stream: crossoverStream,
  chains: (form, [a, b]) => [form.crossAbove(a, b)],
  inRules: "the condition cross_over",
  formula: "x > y, and x <= y on the last earlier bar where both were defined, as 1 or 0",
  citation: "TradingView, Pine Script reference manual, ta.crossover",
};
