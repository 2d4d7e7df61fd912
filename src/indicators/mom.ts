import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { differences } from "./elementwise.ts";
import { differenceStream } from "./stream/lag.ts";

/** Momentum: x less x n bars ago. Warm-up n bars; na where either is missing. All dialects. */
export function momKernel(): Kernel {
  return mom;
}

function mom(
  [source]: readonly Float64Array[],
  [period]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  differences(source, period, out);
}

export const momDefinition: IndicatorDefinition = {
  name: "mom",
  title: "Momentum",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 10,
      doc: "Bars between the two values.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period,
  dialects: DIALECTS,
  kernel: momKernel,
  stream: differenceStream,
  formula: "x - x[n]",
  citation: "TradingView, Pine Script reference manual, ta.mom",
};
