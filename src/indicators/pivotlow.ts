import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { pivots } from "./pivots.ts";
import { pivotlowStream } from "./stream/pivots.ts";

/**
 * Pivot lows: the value `right` bars ago where it was the lowest of its window, on the bar that confirms it and on no other;
 * na everywhere else. Looks at no later bar. Warm-up left + right bars; na values are passed over. All dialects.
 */
export function pivotlowKernel(): Kernel {
  return pivotlow;
}

function pivotlow(
  [source]: readonly Float64Array[],
  [left, right]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  pivots(source, left, right, -1, out);
}

export const pivotlowDefinition: IndicatorDefinition = {
  name: "pivotlow",
  title: "Pivot low",
  sources: ["source"],
  params: [
    {
      name: "left",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      doc: "Bars before the pivot that must not be beyond it.",
    },
    {
      name: "right",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      doc: "Bars after the pivot that must stay short of it; it is known only then.",
    },
  ],
  outputs: ["value"],
  warmup: ([left, right]) => left + right,
  dialects: DIALECTS,
  kernel: pivotlowKernel,
  stream: pivotlowStream,
  formula: "x[right] where it is lowest(x, left + right + 1)",
  citation: "TradingView, Pine Script reference manual, ta.pivotlow",
};
