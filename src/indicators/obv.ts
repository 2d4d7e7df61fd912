import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { cumKernel } from "./cum.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, differences } from "./elementwise.ts";
import { obvStream } from "./stream/flows.ts";

/**
 * On-balance volume: volume added where close rose, taken away where it fell. Warm-up 1 bar; a bar whose change or volume is
 * na is na and adds nothing. All dialects.
 */
export function obvKernel(): Kernel {
  return obv;
}

function obv(
  [close, volume]: readonly Float64Array[],
  _params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const signed = columnLike(close);
  differences(close, 1, signed);
  inChunks(0, signed.length, (start, end) => {
    for (let i = start; i < end; i++) signed[i] = Math.sign(signed[i]) * volume[i];
  });
  cumKernel()([signed], [], [out]);
}

export const obvDefinition: IndicatorDefinition = {
  name: "obv",
  title: "On-balance volume",
  sources: ["close", "volume"],
  params: [],
  outputs: ["value"],
  warmup: () => 1,
  dialects: DIALECTS,
  apart: {
    talib: "TA-Lib's OBV starts with the volume of the first bar, not with 0 after it",
  },
  kernel: obvKernel,
  stream: obvStream,
  formula: "cum(sign(change(close)) · volume)",
  citation:
    "TradingView, Pine Script reference manual, ta.obv; Joseph E. Granville, New Key to Stock Market Profits (1963)",
};
