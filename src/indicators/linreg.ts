import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { rollingLine } from "./rolling-line.ts";
import { linregStream } from "./stream/line.ts";

/**
 * The line of least squares through the last n values, where it stands `shift` bars ago. Warm-up n - 1 bars; na in
 * the window is skipped and the value carried. All dialects.
 */
export function linregKernel(): Kernel {
  return linreg;
}

function linreg(
  sources: readonly Float64Array[],
  [period, shift]: readonly number[],
  outputs: readonly Float64Array[],
): void {
  overWindow(
    (source, from, n, [out]) => dense(source, from, n, shift, out),
    sources[0],
    period,
    outputs,
    "skip",
  );
}

/** With c = (n-1)/2 the slope is 12·Σ(j - c)·d / (n·(n² - 1)); the line passes through the mean at j = c. */
function dense(
  source: Float64Array,
  from: number,
  period: number,
  shift: number,
  out: Float64Array,
): number {
  const middle = (period - 1) / 2;
  const slope = (12 / (period * (period * period - 1))) * (middle - shift);
  return rollingLine(source, from, period, 1 / period - slope * middle, slope, out);
}

export const linregDefinition: IndicatorDefinition = {
  name: "linreg",
  title: "Linear regression",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 2,
      max: MAX_PERIOD,
      doc: "Number of bars that the line is fitted to.",
    },
    {
      name: "shift",
      type: "int",
      min: 0,
      max: MAX_PERIOD,
      default: 0,
      doc: "Bars before this one at which the line is read.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: linregKernel,
  stream: linregStream,
  formula: "intercept + slope · (n - 1 - shift) of the least-squares line",
  citation: "TradingView, Pine Script reference manual, ta.linreg",
};
