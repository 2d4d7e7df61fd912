import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { extremeDistance } from "./extreme-distance.ts";
import { highestbarsStream } from "./stream/extreme-distance.ts";

/**
 * Bars from this one back to the highest of the last n values, 0 or negative; the oldest of equal ones, as in
 * TradingView's exports, which have nine such ties (test/kernels/tradingview.test.ts). Warm-up n - 1 bars; na is
 * skipped. All dialects.
 */
export function highestbarsKernel(): Kernel {
  return highestbars;
}

function highestbars(
  [source]: readonly Float64Array[],
  [period]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  extremeDistance(source, period, 1, out);
}

export const highestbarsDefinition: IndicatorDefinition = {
  name: "highestbars",
  title: "Distance of the highest value",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  apart: {
    talib: "of equal values TA-Lib's MAXINDEX takes the newest, not the oldest",
  },
  kernel: highestbarsKernel,
  stream: highestbarsStream,
  formula: "- bars since highest(x, n), of equal values the oldest",
  citation: "TradingView, Pine Script reference manual, ta.highestbars",
};
