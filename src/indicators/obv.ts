import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { CHUNK, inChunks } from "../vector/rolling/index.ts";
import { accumulate } from "./cum.ts";
import type { IndicatorDefinition } from "./definition.ts";
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
  out.fill(Number.NaN, 0, 1);
  const signed = new Float64Array(CHUNK);
  const state = new Float64Array(2);
  inChunks(1, out.length, (from, to) => {
    sign(close, volume, from, to, signed);
    accumulate(signed, 0, to - from, state, out.subarray(from, to));
  });
}

function sign(
  close: Float64Array,
  volume: Float64Array,
  from: number,
  to: number,
  signed: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const change = close[i] - close[i - 1];
    // Math.sign would branch; of na the difference makes na.
    const direction = Number(change > 0) - Number(change < 0);
    signed[i - from] = direction * volume[i] + (change - change);
  }
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
