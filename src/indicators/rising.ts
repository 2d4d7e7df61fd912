import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { runs } from "./runs.ts";
import { risingStream } from "./stream/runs.ts";

/**
 * 1 where x has been rising for n bars, by more than 1e-10 each, else 0. Warm-up n bars (unknown); a bar with na is na and ends
 * the run. All dialects.
 */
export function risingKernel(): Kernel {
  return rising;
}

function rising(
  [source]: readonly Float64Array[],
  [period]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  runs(source, period, 1, out);
}

export const risingDefinition: IndicatorDefinition = {
  name: "rising",
  title: "Rising",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of changes in a row." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period,
  dialects: DIALECTS,
  kernel: risingKernel,
  stream: risingStream,
  formula: "x[i] > x[i + 1] for i = 0 … n - 1",
  citation: "TradingView, Pine Script reference manual, ta.rising",
};
