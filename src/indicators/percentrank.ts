import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { rollingSorted, upperBound } from "./sorted-window.ts";
import { percentrankStream } from "./stream/percentiles.ts";

/**
 * Percentage of the n values before this one that are not above it. Warm-up n bars; na in the window is skipped and the value
 * carried. A sorted window, as `median`. All dialects.
 */
export function percentrankKernel(): Kernel {
  return percentrank;
}

function percentrank(
  sources: readonly Float64Array[],
  params: readonly number[],
  outputs: readonly Float64Array[],
): void {
  overWindow(
    (source, from, period, [out]) => rollingSorted(source, from, period, share, out),
    sources[0],
    params[0] + 1,
    outputs,
    "skip",
  );
}

/** The window holds this value too, which is not counted. */
function share(sorted: Float64Array, source: Float64Array, bar: number, out: Float64Array): void {
  const count = upperBound(sorted, 0, sorted.length, source[bar]) - 1;
  out[bar] = (100 * count) / (sorted.length - 1);
}

export const percentrankDefinition: IndicatorDefinition = {
  name: "percentrank",
  title: "Percent rank",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      doc: "Number of earlier bars in the window.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period,
  dialects: DIALECTS,
  kernel: percentrankKernel,
  stream: percentrankStream,
  formula: "100 · count(x[i] ≤ x[0], i = 1 … n) / n",
  citation: "TradingView, Pine Script reference manual, ta.percentrank",
};
