import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, gaps } from "./elementwise.ts";
import { highestKernel } from "./highest.ts";
import { lowestKernel } from "./lowest.ts";
import { rangeStream } from "./stream/donchian.ts";

/**
 * Highest less lowest of the last n values. Warm-up n - 1 bars; na as in these. All dialects.
 */
export function rangeKernel(): Kernel {
  return range;
}

function range(
  sources: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const bottom = columnLike(out);
  highestKernel("tv")(sources, params, [out]);
  lowestKernel("tv")(sources, params, [bottom]);
  gaps(out, bottom, out);
}

export const rangeDefinition: IndicatorDefinition = {
  name: "range",
  title: "Range",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: rangeKernel,
  stream: rangeStream,
  formula: "highest(x, n) - lowest(x, n)",
  citation: "TradingView, Pine Script reference manual, ta.range",
};
