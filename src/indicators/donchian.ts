import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { highestKernel } from "./highest.ts";
import { lowestKernel } from "./lowest.ts";
import { donchianStream } from "./stream/donchian.ts";

/**
 * Donchian channels: highest high, lowest low and the middle between them. Warm-up n - 1 bars; na as in highest and lowest.
 * Outputs middle, upper, lower. All dialects.
 */
export function donchianKernel(): Kernel {
  return donchian;
}

function donchian(
  [high, low]: readonly Float64Array[],
  params: readonly number[],
  [middle, upper, lower]: readonly Float64Array[],
): void {
  highestKernel("tv")([high], params, [upper]);
  lowestKernel("tv")([low], params, [lower]);
  inChunks(0, middle.length, (start, end) => {
    for (let i = start; i < end; i++) middle[i] = finite((upper[i] + lower[i]) / 2);
  });
}

export const donchianDefinition: IndicatorDefinition = {
  name: "donchian",
  title: "Donchian channels",
  sources: ["high", "low"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 20,
      doc: "Number of bars in the window.",
    },
  ],
  outputs: ["middle", "upper", "lower"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: donchianKernel,
  stream: donchianStream,
  formula: "highest(high, n), lowest(low, n) and their mean",
  citation: "TradingView, built-in indicator Donchian Channels",
};
