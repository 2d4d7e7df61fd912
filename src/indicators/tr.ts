import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { trStream } from "./stream/tr.ts";

/**
 * True range: the largest of high - low, |high - previous close| and |low - previous close|. Where the previous close is
 * na, high - low under `handle_na` 1, else na. Warm-up 0 bars, or 1. All dialects.
 */
export function trKernel(): Kernel {
  return tr;
}

function tr(
  [high, low, close]: readonly Float64Array[],
  [handleNa]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const alone = handleNa === 1 ? 0 : Number.NaN;
  if (out.length > 0) out[0] = finite(high[0] - low[0] + alone);
  inChunks(1, out.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const last = close[i - 1];
      const range = high[i] - low[i];
      const gap = Math.max(Math.abs(high[i] - last), Math.abs(low[i] - last));
      out[i] = finite(last - last === 0 ? Math.max(range, gap) : range + alone);
    }
  });
}

export const trDefinition: IndicatorDefinition = {
  name: "tr",
  title: "True range",
  sources: ["high", "low", "close"],
  params: [
    {
      name: "handle_na",
      type: "int",
      min: 0,
      max: 1,
      default: 1,
      doc: "1: high - low where there is no previous close, as on the first bar; 0: na there.",
    },
  ],
  outputs: ["value"],
  warmup: ([handleNa]) => 1 - handleNa,
  dialects: DIALECTS,
  kernel: trKernel,
  stream: trStream,
  formula: "max(high - low, abs(high - close[1]), abs(low - close[1]))",
  citation:
    "TradingView, Pine Script reference manual, ta.tr; J. Welles Wilder, New Concepts in Technical Trading Systems (1978)",
};
