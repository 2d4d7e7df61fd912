import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { makeFinite } from "./finite.ts";
import { highestKernel } from "./highest.ts";
import { lowestKernel } from "./lowest.ts";
import { wprStream } from "./stream/stoch.ts";

/**
 * Williams %R, -100 to 0. Warm-up n - 1 bars; na as in highest and lowest; na where the range is 0. All dialects.
 */
export function wprKernel(): Kernel {
  return wpr;
}

function wpr(
  [high, low, close]: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const top = columnLike(close);
  highestKernel("tv")([high], params, [top]);
  lowestKernel("tv")([low], params, [out]);
  inChunks(0, out.length, (start, end) => {
    if (place(close, top, start, end, out) !== 0) makeFinite(out, start, end);
  });
}

function place(
  close: Float64Array,
  top: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = (100 * (close[i] - top[i])) / (top[i] - out[i]);
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

export const wprDefinition: IndicatorDefinition = {
  name: "wpr",
  title: "Williams %R",
  sources: ["high", "low", "close"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of bars in the window.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: wprKernel,
  stream: wprStream,
  formula: "100 · (close - highest(high, n)) / (highest(high, n) - lowest(low, n))",
  citation: "TradingView, Pine Script reference manual, ta.wpr",
};
