import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { highestKernel } from "./highest.ts";
import { lowestKernel } from "./lowest.ts";
import { ichimokuStream } from "./stream/ichimoku.ts";

/**
 * Ichimoku lines, in the unit of the prices: middles of the range of the last bars. The two lead lines are as plotted:
 * on each bar the values of displacement - 1 bars ago. The lagging span is the close, plotted displacement - 1 bars
 * back, where it would tell the future; compare the close with the prices of that many bars ago in its place. na as in
 * highest and lowest. All dialects.
 */
export function ichimokuKernel(): Kernel {
  return ichimoku;
}

function ichimoku(
  [high, low]: readonly Float64Array[],
  [conversionPeriod, basePeriod, spanPeriod, displacement]: readonly number[],
  [conversion, base, leadA, leadB]: readonly Float64Array[],
): void {
  const top = columnLike(high);
  const bottom = columnLike(high);
  const middleOf = (period: number, out: Float64Array) => {
    highestKernel("tv")([high], [period], [top]);
    lowestKernel("tv")([low], [period], [bottom]);
    middles(top, bottom, out);
  };
  middleOf(conversionPeriod, conversion);
  middleOf(basePeriod, base);
  middles(conversion, base, leadA);
  middleOf(spanPeriod, leadB);
  for (const lead of [leadA, leadB]) {
    lead.copyWithin(displacement - 1, 0);
    lead.fill(Number.NaN, 0, displacement - 1);
  }
}

function middles(a: Float64Array, b: Float64Array, out: Float64Array): void {
  inChunks(0, out.length, (from, to) => {
    for (let i = from; i < to; i++) out[i] = finite((a[i] + b[i]) / 2);
  });
}

const period = (name: string, standard: number, doc: string) =>
  ({ name, type: "int", min: 1, max: MAX_PERIOD, default: standard, doc }) as const;

export const ichimokuDefinition: IndicatorDefinition = {
  name: "ichimoku",
  title: "Ichimoku lines",
  sources: ["high", "low"],
  params: [
    period("conversion_period", 9, "Number of bars of the conversion line."),
    period("base_period", 26, "Number of bars of the base line."),
    period("span_period", 52, "Number of bars of lead line B."),
    period(
      "displacement",
      26,
      "The lead lines are those of this many bars ago, less one, as charts plot them; 1 for those of this bar.",
    ),
  ],
  outputs: ["conversion", "base", "lead_a", "lead_b"],
  warmup: ([conversion, base, span, displacement]) =>
    Math.max(conversion, base, span) + displacement - 2,
  dialects: DIALECTS,
  kernel: ichimokuKernel,
  stream: ichimokuStream,
  formula:
    "middle(n) = (highest(high, n) + lowest(low, n)) / 2: middle(conversion_period); middle(base_period); the mean of these two, displacement - 1 bars ago; middle(span_period), displacement - 1 bars ago. There is no lagging span, which looks ahead: compare close with close[displacement - 1]",
  citation: "TradingView, built-in indicator Ichimoku Cloud",
};
