import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, positions } from "./elementwise.ts";
import { highestKernel } from "./highest.ts";
import { lowestKernel } from "./lowest.ts";
import { stochStream } from "./stream/stoch.ts";

/**
 * Stochastic oscillator, 0 to 100 where the source stays between the lows and highs; not clamped. Warm-up n - 1 bars; na
 * as in highest and lowest; na where the range is 0. All dialects.
 */
export function stochKernel(): Kernel {
  return stoch;
}

function stoch(
  [source, high, low]: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const top = columnLike(source);
  const bottom = columnLike(source);
  highestKernel("tv")([high], params, [top]);
  lowestKernel("tv")([low], params, [bottom]);
  positions(source, bottom, top, out);
}

export const stochDefinition: IndicatorDefinition = {
  name: "stoch",
  title: "Stochastic oscillator",
  sources: ["source", "high", "low"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of bars in the window.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: stochKernel,
  stream: stochStream,
  formula: "100 · (x - lowest(low, n)) / (highest(high, n) - lowest(low, n))",
  citation: "TradingView, Pine Script reference manual, ta.stoch",
};
