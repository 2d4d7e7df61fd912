import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, gaps } from "./elementwise.ts";
import { emaKernel } from "./ema.ts";
import { finite } from "./finite.ts";
import { kcStream } from "./stream/kc.ts";
import { trKernel } from "./tr.ts";

/**
 * Keltner channels: ema of the source and the ema of the range above and below it. Warm-up n bars (n - 1 without true
 * ranges); na as in `ema` (tv). Outputs middle, upper, lower. All dialects.
 */
export function kcKernel(): Kernel {
  return kc;
}

function kc(
  [source, high, low, close]: readonly Float64Array[],
  [period, multiplier, trueRange]: readonly number[],
  [middle, upper, lower]: readonly Float64Array[],
): void {
  const ema = emaKernel("tv");
  const range = columnLike(source);
  if (trueRange === 1) trKernel()([high, low, close], [0], [range]);
  else gaps(high, low, range);
  ema([source], [period], [middle]);
  ema([range], [period], [lower]);
  inChunks(0, lower.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const width = multiplier * lower[i];
      upper[i] = finite(middle[i] + width);
      lower[i] = finite(middle[i] - width);
    }
  });
}

export const kcDefinition: IndicatorDefinition = {
  name: "kc",
  title: "Keltner channels",
  sources: ["source", "high", "low", "close"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 20,
      doc: "Span of the averages in bars.",
    },
    {
      name: "multiplier",
      type: "float",
      min: 0,
      max: 1000,
      default: 2,
      doc: "Distance of the bands from the middle, in average ranges.",
    },
    {
      name: "use_true_range",
      type: "int",
      min: 0,
      max: 1,
      default: 1,
      doc: "1: true ranges, which start on the second bar; 0: high - low.",
    },
  ],
  outputs: ["middle", "upper", "lower"],
  warmup: ([period, , trueRange]) => period - 1 + trueRange,
  dialects: DIALECTS,
  kernel: kcKernel,
  stream: kcStream,
  formula: "ema(x, n) ± k · ema(tr, n)",
  citation: "TradingView, Pine Script reference manual, ta.kc",
};
