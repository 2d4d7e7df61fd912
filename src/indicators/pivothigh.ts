import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { pivots } from "./pivots.ts";
import { pivothighStream } from "./stream/pivots.ts";

/**
 * Pivot highs: the value `right` bars ago where it was the highest of its window, on the bar that confirms it and on no other;
 * na everywhere else. Looks at no later bar. Warm-up left + right bars; na values are passed over. All dialects.
 */
export function pivothighKernel(): Kernel {
  return pivothigh;
}

function pivothigh(
  [source]: readonly Float64Array[],
  [left, right]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  pivots(source, left, right, 1, out);
}

export const pivothighDefinition: IndicatorDefinition = {
  name: "pivothigh",
  title: "Pivot high",
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
  kernel: pivothighKernel,
  stream: pivothighStream,
  formula: "x[right] where it is highest(x, left + right + 1)",
  citation: "TradingView, Pine Script reference manual, ta.pivothigh",
};
