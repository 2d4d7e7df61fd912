import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { crossAbove } from "./cross-above.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { crossunderStream } from "./stream/cross.ts";

/** 1 where the source crosses below the other series, else 0: crossover with the two exchanged. */
export function crossunderKernel(dialect: Dialect): Kernel {
  return ([source, other], _params, [out]) => crossAbove(other, source, dialect, out);
}

export const crossunderDefinition: IndicatorDefinition = {
  name: "crossunder",
  title: "Cross below",
  sources: ["source", "other"],
  params: [],
  outputs: ["value"],
  warmup: (_, dialect) => (dialect === "tv" || dialect === "talib" ? 1 : 0),
  dialects: DIALECTS,
  kernel: crossunderKernel,
  stream: crossunderStream,
  chains: (form, [a, b]) => [form.crossAbove(b, a)],
  inRules: "the condition cross_under",
  formula: "x < y, and x >= y on the last earlier bar where both were defined, as 1 or 0",
  citation: "TradingView, Pine Script reference manual, ta.crossunder",
};
