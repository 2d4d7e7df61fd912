import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { differences } from "./elementwise.ts";
import { differenceStream } from "./stream/lag.ts";

/** Change: x less x n bars ago. Warm-up n bars; na where either is missing. All dialects. */
export function changeKernel(): Kernel {
  return change;
}

function change(
  [source]: readonly Float64Array[],
  [period]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  differences(source, period, out);
}

export const changeDefinition: IndicatorDefinition = {
  name: "change",
  title: "Change",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 1,
      doc: "Bars between the two values.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period,
  dialects: DIALECTS,
  kernel: changeKernel,
  stream: differenceStream,
  formula: "x - x[n]",
  citation: "TradingView, Pine Script reference manual, ta.change",
};
