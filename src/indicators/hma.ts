import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { makeFinite } from "./finite.ts";
import { hmaStream } from "./stream/hma.ts";
import { wmaKernel } from "./wma.ts";

/**
 * Hull moving average, halves and roots rounded down. Warm-up n - 1 + ⌊√n⌋ - 1 bars; na as in `wma`, of which it is made.
 * All dialects.
 */
export function hmaKernel(): Kernel {
  return hma;
}

function hma(
  [source]: readonly Float64Array[],
  [period]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const wma = wmaKernel();
  const raw = columnLike(source);
  wma([source], [Math.floor(period / 2)], [raw]);
  wma([source], [period], [out]);
  inChunks(0, raw.length, (from, to) => {
    if (lead(out, from, to, raw) !== 0) makeFinite(raw, from, to);
  });
  wma([raw], [Math.floor(Math.sqrt(period))], [out]);
}

/** On entry `raw` holds the average over half of the period. */
function lead(long: Float64Array, from: number, to: number, raw: Float64Array): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = 2 * raw[i] - long[i];
    zero += value - value;
    raw[i] = value;
  }
  return zero;
}

export const hmaDefinition: IndicatorDefinition = {
  name: "hma",
  title: "Hull moving average",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 2,
      max: MAX_PERIOD,
      doc: "Number of bars of the longer average.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period + Math.floor(Math.sqrt(period)) - 2,
  dialects: DIALECTS,
  kernel: hmaKernel,
  stream: hmaStream,
  formula: "wma(2 · wma(x, n / 2) - wma(x, n), √n)",
  citation: "TradingView, Pine Script reference manual, ta.hma",
};
