import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { crossAbove } from "./cross-above.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { crossStream } from "./stream/cross.ts";

/**
 * 1 where the source crosses the other series in either direction, else 0; na as in crossover, whose rule each dialect
 * follows for both directions. Warm-up 1 bar in tv and talib, none in the others.
 */
export function crossKernel(dialect: Dialect): Kernel {
  return ([source, other], _params, [out]) => {
    const under = columnLike(out);
    crossAbove(source, other, dialect, out);
    crossAbove(other, source, dialect, under);
    inChunks(0, out.length, (from, to) => {
      for (let i = from; i < to; i++) out[i] += under[i];
    });
  };
}

export const crossDefinition: IndicatorDefinition = {
  name: "cross",
  title: "Cross",
  sources: ["source", "other"],
  params: [],
  outputs: ["value"],
  warmup: (_, dialect) => (dialect === "tv" || dialect === "talib" ? 1 : 0),
  dialects: DIALECTS,
  kernel: crossKernel,
  stream: crossStream,
  inRules: "any_of the conditions cross_over and cross_under",
  formula: "crossover(x, y) or crossunder(x, y), as 1 or 0",
  citation: "TradingView, Pine Script reference manual, ta.cross",
};
