import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow } from "../vector/rolling/index.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { swmaStream } from "./stream/swma.ts";

/**
 * Symmetrically weighted moving average of 4 values, weights 1, 2, 2, 1. Warm-up 3 bars; na is skipped and the value
 * carried. All dialects.
 */
export function swmaKernel(): Kernel {
  return swma;
}

function swma(
  sources: readonly Float64Array[],
  _params: readonly number[],
  outputs: readonly Float64Array[],
): void {
  overWindow(dense, sources[0], 4, outputs, "skip");
}

function dense(
  source: Float64Array,
  from: number,
  _period: number,
  [out]: readonly Float64Array[],
): number {
  let zero = 0 * (source[from] + source[from + 1] + source[from + 2]);
  for (let i = from + 3; i < source.length; i++) {
    const value = (source[i] + 2 * source[i - 1] + 2 * source[i - 2] + source[i - 3]) / 6;
    zero += 0 * value;
    out[i] = value;
  }
  return zero;
}

export const swmaDefinition: IndicatorDefinition = {
  name: "swma",
  title: "Symmetrically weighted moving average",
  sources: ["source"],
  params: [],
  outputs: ["value"],
  warmup: () => 3,
  dialects: DIALECTS,
  kernel: swmaKernel,
  stream: swmaStream,
  formula: "(x[0] + 2 · x[1] + 2 · x[2] + x[3]) / 6",
  citation: "TradingView, Pine Script reference manual, ta.swma",
};
