import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { rollingMeanDeviation } from "./mean-deviation.ts";
import { cciStream } from "./stream/cci.ts";

/**
 * Commodity channel index. Warm-up n - 1 bars; na in the window is skipped and the value carried; na where the values do not
 * deviate. All dialects.
 */
export function cciKernel(): Kernel {
  return cci;
}

function cci(
  sources: readonly Float64Array[],
  params: readonly number[],
  outputs: readonly Float64Array[],
): void {
  overWindow(dense, sources[0], params[0], outputs, "skip");
}

function dense(
  source: Float64Array,
  from: number,
  period: number,
  [out]: readonly Float64Array[],
): number {
  const means = new Float64Array(source.length);
  const zero = rollingMeanDeviation(source, from, period, means, out);
  inChunks(from + period - 1, source.length, (start, end) => {
    for (let i = start; i < end; i++) {
      out[i] = finite((source[i] - means[i]) / (0.015 * out[i]));
    }
  });
  return zero;
}

export const cciDefinition: IndicatorDefinition = {
  name: "cci",
  title: "Commodity channel index",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 2,
      max: MAX_PERIOD,
      default: 20,
      doc: "Number of bars in the window.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: cciKernel,
  stream: cciStream,
  formula: "(x - sma(x, n)) / (0.015 · dev(x, n))",
  citation:
    "TradingView, Pine Script reference manual, ta.cci; Donald R. Lambert, Commodities 9:10 (1980)",
};
