import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { inChunks, overWindow, rollingDeviation, rollingMean } from "../vector/rolling/index.ts";
import { MAX_PERIOD, windowRule } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { deviationForm } from "./deviation-form.ts";
import { bollingerStream } from "./stream/bollinger.ts";

/**
 * Bollinger bands: sma and sma ± k·std_dev, with the bits of these two indicators in the same dialect.
 * Warm-up n - 1 bars; na as in `sma`. Outputs middle, upper, lower.
 */
export function bollingerKernel(dialect: Dialect): Kernel {
  const rule = windowRule(dialect);
  const form = deviationForm(dialect);
  return (sources, [period, deviations], outputs) =>
    overWindow(
      (source, from, n, [middle, upper, lower]) => {
        const zero = rollingMean(source, from, n, middle);
        const another = rollingDeviation(source, from, n, lower, form);
        inChunks(from + n - 1, source.length, (start, end) => {
          bands(start, end, deviations, middle, upper, lower);
        });
        return zero + another;
      },
      sources[0],
      period,
      outputs,
      rule,
    );
}

/** On entry `lower` holds the standard deviation. */
function bands(
  from: number,
  to: number,
  deviations: number,
  middle: Float64Array,
  upper: Float64Array,
  lower: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const width = deviations * lower[i];
    const mean = middle[i];
    upper[i] = mean + width;
    lower[i] = mean - width;
  }
}

export const bollingerDefinition: IndicatorDefinition = {
  name: "bollinger",
  title: "Bollinger bands",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 20,
      doc: "Number of bars in the window.",
    },
    {
      name: "num_std_dev",
      type: "float",
      min: 0,
      max: 1000,
      default: 2,
      doc: "Distance of the bands from the middle, in standard deviations.",
    },
  ],
  outputs: ["middle", "upper", "lower"],
  warmup: ([period], dialect) =>
    dialect === "pandas" && period === 1 ? Number.POSITIVE_INFINITY : period - 1,
  dialects: DIALECTS,
  kernel: bollingerKernel,
  stream: bollingerStream,
  formula: "sma(x, n) ± k · std_dev(x, n)",
  citation: "John Bollinger, Bollinger on Bollinger Bands (2001), chapter 7",
};
