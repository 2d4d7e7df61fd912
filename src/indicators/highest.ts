import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { extremeKernel } from "./extreme.ts";
import { highestStream } from "./stream/extreme.ts";

/**
 * Highest value of the last n, this bar included. Warm-up n - 1 bars. na in the window: skipped and carried (tv, talib),
 * else na.
 */
export function highestKernel(dialect: Dialect): Kernel {
  return extremeKernel(dialect, 1);
}

export const highestDefinition: IndicatorDefinition = {
  name: "highest",
  title: "Highest value",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars in the window." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: highestKernel,
  stream: highestStream,
  formula: "max(x[0], x[1], …, x[n-1])",
  citation: "TradingView, Pine Script reference manual, ta.highest",
};
