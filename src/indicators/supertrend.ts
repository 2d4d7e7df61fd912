import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { atrKernel } from "./atr.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { supertrendStream } from "./stream/supertrend.ts";

/**
 * SuperTrend: bands k average true ranges around the middle of the bar, which only move towards the price until it closes
 * beyond them; value is the band behind the price, direction -1 while the trend is up (value below the price), 1 while it
 * is down. It starts down on the first bar with an atr. Warm-up n - 1 bars (Pine shows direction 1 before); a bar with na is
 * na and changes nothing. All dialects.
 */
export function supertrendKernel(): Kernel {
  return supertrend;
}

function supertrend(
  [high, low, close]: readonly Float64Array[],
  [period, factor]: readonly number[],
  [value, direction]: readonly Float64Array[],
): void {
  const atr = columnLike(close);
  atrKernel("tv")([high, low, close], [period], [atr]);
  const state = Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 1);
  inChunks(0, atr.length, (from, to) => {
    let upper = state[0];
    let lower = state[1];
    let last = state[2];
    let down = state[3] === 1;
    for (let i = from; i < to; i++) {
      const width = factor * atr[i];
      const middle = (high[i] + low[i]) / 2;
      const top = middle + width;
      const bottom = middle - width;
      const price = close[i];
      if (!(top - top === 0 && bottom - bottom === 0 && price - price === 0)) {
        value[i] = Number.NaN;
        direction[i] = Number.NaN;
        continue;
      }
      if (!(bottom <= lower && last >= lower)) lower = bottom;
      if (!(top >= upper && last <= upper)) upper = top;
      if (last - last === 0) down = down ? !(price > upper) : price < lower;
      last = price;
      value[i] = finite(down ? upper : lower);
      direction[i] = down ? 1 : -1;
    }
    state[0] = upper;
    state[1] = lower;
    state[2] = last;
    state[3] = down ? 1 : 0;
  });
}

export const supertrendDefinition: IndicatorDefinition = {
  name: "supertrend",
  title: "SuperTrend",
  sources: ["high", "low", "close"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 10,
      doc: "Number of true ranges averaged.",
    },
    {
      name: "factor",
      type: "float",
      min: 0,
      max: 1000,
      default: 3,
      doc: "Distance of the bands from the middle of the bar, in average true ranges.",
    },
  ],
  outputs: ["value", "direction"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: supertrendKernel,
  stream: supertrendStream,
  formula: "hl2 ± k · atr(n), each held until the close is beyond it",
  citation: "TradingView, Pine Script reference manual, ta.supertrend",
};
