import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, gaps } from "./elementwise.ts";
import { emaKernel } from "./ema.ts";
import { makeFinite } from "./finite.ts";
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
  sources: readonly Float64Array[],
  [period, multiplier, trueRange]: readonly number[],
  [middle, upper, lower]: readonly Float64Array[],
): void {
  averages(sources, period, trueRange, middle, lower);
  inChunks(0, lower.length, (start, end) => {
    if (bands(middle, multiplier, start, end, upper, lower) !== 0) {
      makeFinite(upper, start, end);
      makeFinite(lower, start, end);
    }
  });
}

/** The middle of the channels, and the average range. */
export function averages(
  [source, high, low, close]: readonly Float64Array[],
  period: number,
  trueRange: number,
  middle: Float64Array,
  size: Float64Array,
): void {
  const ema = emaKernel("tv");
  const range = columnLike(source);
  if (trueRange === 1) trKernel()([high, low, close], [0], [range]);
  else gaps(high, low, range);
  ema([source], [period], [middle]);
  ema([range], [period], [size]);
}

/** On entry `lower` holds the average range. */
function bands(
  middle: Float64Array,
  multiplier: number,
  from: number,
  to: number,
  upper: Float64Array,
  lower: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const width = multiplier * lower[i];
    const above = middle[i] + width;
    const below = middle[i] - width;
    zero += above - above + (below - below);
    upper[i] = above;
    lower[i] = below;
  }
  return zero;
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
