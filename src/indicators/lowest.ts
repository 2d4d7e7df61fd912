import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { extremeKernel } from "./extreme.ts";
import { lowestStream } from "./stream/extreme.ts";

/**
 * Lowest value of the last n, this bar included. Warm-up n - 1 bars. na in the window: skipped and carried (tv, talib),
 * else na.
 */
export function lowestKernel(dialect: Dialect): Kernel {
  return extremeKernel(dialect, -1);
}

export const lowestDefinition: IndicatorDefinition = {
  name: "lowest",
  title: "Lowest value",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: lowestKernel,
  stream: lowestStream,
  formula: "min(x[0], x[1], …, x[n-1])",
  citation: "TradingView, Pine Script reference manual, ta.lowest",
};
