import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD, TOLERANCE } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, quotients } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { rmaKernel } from "./rma.ts";
import { dmiStream } from "./stream/dmi.ts";
import { trKernel } from "./tr.ts";

/**
 * Directional movement: plus and minus are the directional indicators (DI), adx the average of their relative difference, all
 * 0 to 100. Movements that differ by at most 1e-10 are equal. Warm-up n + s - 1 bars for adx, n for the others; na as in
 * `rma` (tv); na where there is no range. All dialects.
 */
export function dmiKernel(): Kernel {
  return dmi;
}

function dmi(
  [high, low, close]: readonly Float64Array[],
  [period, smoothing]: readonly number[],
  [plus, minus, adx]: readonly Float64Array[],
): void {
  const rma = rmaKernel("tv");
  const range = columnLike(close);
  const rises = columnLike(close);
  const falls = columnLike(close);
  trKernel()([high, low, close], [0], [adx]);
  rma([adx], [period], [range]);
  movements(high, low, rises, falls);
  rma([rises], [period], [adx]);
  quotients(adx, range, 100, plus);
  rma([falls], [period], [adx]);
  quotients(adx, range, 100, minus);
  inChunks(0, range.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const sum = plus[i] + minus[i];
      range[i] = finite(Math.abs(plus[i] - minus[i]) / (sum === 0 ? 1 : sum));
    }
  });
  rma([range], [smoothing], [adx]);
  inChunks(0, adx.length, (start, end) => {
    for (let i = start; i < end; i++) adx[i] = finite(100 * adx[i]);
  });
}

/** Of a rise of the high and a fall of the low, only the larger counts, and only where it is positive. */
function movements(
  high: Float64Array,
  low: Float64Array,
  rises: Float64Array,
  falls: Float64Array,
): void {
  rises.fill(Number.NaN, 0, 1);
  falls.fill(Number.NaN, 0, 1);
  inChunks(1, high.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const up = finite(high[i] - high[i - 1]);
      const down = finite(low[i - 1] - low[i]);
      const none = 0 * (up - down);
      rises[i] = finite(up - down > TOLERANCE && up > TOLERANCE ? up : none);
      falls[i] = finite(down - up > TOLERANCE && down > TOLERANCE ? down : none);
    }
  });
}

export const dmiDefinition: IndicatorDefinition = {
  name: "dmi",
  title: "Directional movement index",
  sources: ["high", "low", "close"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of bars that the movements are averaged over.",
    },
    {
      name: "smoothing",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of bars that adx averages.",
    },
  ],
  outputs: ["plus", "minus", "adx"],
  warmup: ([period, smoothing]) => period + smoothing - 1,
  dialects: DIALECTS,
  apart: {
    talib:
      "TA-Lib starts its averages with sums of n - 1 bars, so that values differ until that is forgotten",
  },
  kernel: dmiKernel,
  stream: dmiStream,
  formula:
    "DI = 100 · rma(movement, n) / rma(tr, n), adx = 100 · rma(abs(DI+ - DI-) / (DI+ + DI-), s)",
  citation:
    "TradingView, Pine Script reference manual, ta.dmi; J. Welles Wilder, New Concepts in Technical Trading Systems (1978)",
};
