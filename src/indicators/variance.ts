import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { stdDevKernel } from "./std-dev.ts";
import { varianceStream } from "./stream/variance.ts";

/**
 * Variance of the last n values: the square of std_dev in the same dialect, warm-up and na included; in `talib` without the
 * floor of TA-Lib's STDDEV, which its VAR has not.
 */
export function varianceKernel(dialect: Dialect): Kernel {
  const deviation = stdDevKernel(dialect === "talib" ? "tv" : dialect);
  return (sources, params, outputs) => {
    deviation(sources, params, outputs);
    const [out] = outputs;
    inChunks(0, out.length, (start, end) => {
      for (let i = start; i < end; i++) out[i] = finite(out[i] * out[i]);
    });
  };
}

export const varianceDefinition: IndicatorDefinition = {
  name: "variance",
  title: "Variance",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period], dialect) =>
    dialect === "pandas" && period === 1 ? Number.POSITIVE_INFINITY : period - 1,
  dialects: DIALECTS,
  kernel: varianceKernel,
  stream: varianceStream,
  formula: "max(0, mean(x²) - mean(x)²) over the last n values",
  citation: "TradingView, Pine Script reference manual, ta.variance (biased)",
};
