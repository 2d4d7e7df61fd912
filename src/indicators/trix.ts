import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { logarithm } from "../vector/logarithm.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, differences } from "./elementwise.ts";
import { emaKernel } from "./ema.ts";
import { finite } from "./finite.ts";
import { trixStream } from "./stream/ema-towers.ts";

/**
 * TRIX in TradingView's form: the change of a triple EMA of the logarithm, in hundredths of a percent. Warm-up 3·(n - 1) + 1
 * bars; values of 0 or less have no logarithm and are na; na as in `ema` (tv). All dialects.
 */
export function trixKernel(): Kernel {
  return trix;
}

function trix(
  [source]: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const ema = emaKernel("tv");
  const scaled = columnLike(source);
  inChunks(0, source.length, (start, end) => {
    for (let i = start; i < end; i++) scaled[i] = finite(logarithm(source[i]));
  });
  ema([scaled], params, [out]);
  ema([out], params, [scaled]);
  ema([scaled], params, [out]);
  scaled.set(out);
  differences(scaled, 1, out);
  inChunks(0, out.length, (start, end) => {
    for (let i = start; i < end; i++) out[i] *= 10000;
  });
}

export const trixDefinition: IndicatorDefinition = {
  name: "trix",
  title: "TRIX",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 18,
      doc: "Span of each average in bars.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => 3 * (period - 1) + 1,
  dialects: DIALECTS,
  apart: {
    talib: "TA-Lib's TRIX is the percentage change of a triple EMA of the source itself",
  },
  kernel: trixKernel,
  stream: trixStream,
  formula: "10000 · change(ema(ema(ema(log(x), n), n), n))",
  citation: "TradingView, built-in indicator TRIX; Jack Hutson, Stocks & Commodities 1:5 (1983)",
};
