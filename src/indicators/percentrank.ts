import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { rollingRank } from "./rolling-rank.ts";
import { percentrankStream } from "./stream/percentiles.ts";

/**
 * Percentage of the n values before this one that are not above it. Warm-up n bars; na in the window is skipped and the value
 * carried. All dialects.
 */
export function percentrankKernel(): Kernel {
  return percentrank;
}

function percentrank(
  sources: readonly Float64Array[],
  [count]: readonly number[],
  outputs: readonly Float64Array[],
): void {
  overWindow(
    (source, from, period, [out]) => {
      const zero = rollingRank(source, from, period - 1, out);
      inChunks(from + period - 1, out.length, (start, end) => {
        for (let i = start; i < end; i++) out[i] = (100 * out[i]) / count;
      });
      return zero;
    },
    sources[0],
    count + 1,
    outputs,
    "skip",
  );
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
