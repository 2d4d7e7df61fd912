import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { rollingMode } from "./rolling-mode.ts";
import { modeStream } from "./stream/mode.ts";

/**
 * Most frequent of the last n values; the smallest of several, and the smallest value where none is repeated. Warm-up n - 1
 * bars; na in the window is skipped and the value carried. All dialects.
 */
export function modeKernel(): Kernel {
  return mode;
}

function mode(
  sources: readonly Float64Array[],
  params: readonly number[],
  outputs: readonly Float64Array[],
): void {
  overWindow(
    (source, from, period, [out]) => rollingMode(source, from, period, out),
    sources[0],
    params[0],
    outputs,
    "skip",
  );
}

export const modeDefinition: IndicatorDefinition = {
  name: "mode",
  title: "Mode",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: modeKernel,
  stream: modeStream,
  formula: "most frequent of x[0], …, x[n-1]",
  citation: "TradingView, Pine Script reference manual, ta.mode",
};
