import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { extremeDistance } from "./extreme-distance.ts";
import { aroonStream } from "./stream/extreme-distance.ts";

/**
 * Aroon: how recent the highest high (up) and the lowest low (down) of n + 1 bars are, 100 for this bar, 0 for n bars ago.
 * Warm-up n bars; na as in highestbars. All dialects.
 */
export function aroonKernel(): Kernel {
  return aroon;
}

function aroon(
  [high, low]: readonly Float64Array[],
  [period]: readonly number[],
  [up, down]: readonly Float64Array[],
): void {
  extremeDistance(high, period + 1, 1, up);
  extremeDistance(low, period + 1, -1, down);
  inChunks(0, up.length, (start, end) => {
    for (let i = start; i < end; i++) {
      up[i] = (100 * (up[i] + period)) / period;
      down[i] = (100 * (down[i] + period)) / period;
    }
  });
}

export const aroonDefinition: IndicatorDefinition = {
  name: "aroon",
  title: "Aroon",
  sources: ["high", "low"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of bars before this one in the window.",
    },
  ],
  outputs: ["up", "down"],
  warmup: ([period]) => period,
  dialects: DIALECTS,
  apart: {
    talib: "of equal highs or lows TA-Lib takes the newest, not the oldest",
  },
  kernel: aroonKernel,
  stream: aroonStream,
  formula: "100 · (n + highestbars(high, n + 1)) / n, 100 · (n + lowestbars(low, n + 1)) / n",
  citation:
    "TradingView, built-in indicator Aroon; Tushar S. Chande, Stocks & Commodities 13:9 (1995)",
};
