import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { extremeDistance } from "./extreme-distance.ts";
import { lowestbarsStream } from "./stream/extreme-distance.ts";

/**
 * Bars from this one back to the lowest of the last n values, 0 or negative; the oldest of equal ones. Warm-up n - 1 bars; na is
 * skipped. All dialects.
 */
export function lowestbarsKernel(): Kernel {
  return lowestbars;
}

function lowestbars(
  [source]: readonly Float64Array[],
  [period]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  extremeDistance(source, period, -1, out);
}

export const lowestbarsDefinition: IndicatorDefinition = {
  name: "lowestbars",
  title: "Distance of the lowest value",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  apart: {
    talib: "of equal values TA-Lib's MININDEX takes the newest, not the oldest",
  },
  kernel: lowestbarsKernel,
  stream: lowestbarsStream,
  formula: "- bars since lowest(x, n), of equal values the oldest",
  citation: "TradingView, Pine Script reference manual, ta.lowestbars",
};
