import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, isNa } from "../vector/rolling/index.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { heikinAshiStream } from "./stream/heikin-ashi.ts";

/**
 * Heikin-Ashi bars, in the unit of the prices: close is the mean of the bar's four prices, open the middle of the
 * earlier Heikin-Ashi body. Warm-up 0 bars. A bar with na in any price is na and is passed over: the next open is the
 * middle of the last defined body. Quarters and halves are taken before the sum, which changes no bit but lets nothing
 * overflow. All dialects.
 */
export function heikinAshiKernel(): Kernel {
  return heikinAshi;
}

function heikinAshi(
  sources: readonly Float64Array[],
  _params: readonly number[],
  outputs: readonly Float64Array[],
): void {
  const body = Float64Array.of(Number.NaN, Number.NaN);
  inChunks(0, sources[0].length, (from, to) => steps(sources, from, to, body, outputs));
}

/** `body`: Heikin-Ashi open and close of the last defined bar, na before the first. */
function steps(
  [open, high, low, close]: readonly Float64Array[],
  from: number,
  to: number,
  body: Float64Array,
  [outOpen, outHigh, outLow, outClose]: readonly Float64Array[],
): void {
  let lastOpen = body[0];
  let lastClose = body[1];
  for (let i = from; i < to; i++) {
    const first = open[i];
    const top = high[i];
    const bottom = low[i];
    const last = close[i];
    if (isNa(first) || isNa(top) || isNa(bottom) || isNa(last)) {
      outOpen[i] = Number.NaN;
      outHigh[i] = Number.NaN;
      outLow[i] = Number.NaN;
      outClose[i] = Number.NaN;
      continue;
    }
    const started = !Number.isNaN(lastOpen);
    lastOpen = started ? 0.5 * lastOpen + 0.5 * lastClose : 0.5 * first + 0.5 * last;
    lastClose = 0.25 * first + 0.25 * top + 0.25 * bottom + 0.25 * last;
    outOpen[i] = lastOpen;
    outHigh[i] = Math.max(top, lastOpen, lastClose);
    outLow[i] = Math.min(bottom, lastOpen, lastClose);
    outClose[i] = lastClose;
  }
  body[0] = lastOpen;
  body[1] = lastClose;
}

export const heikinAshiDefinition: IndicatorDefinition = {
  name: "heikin_ashi",
  title: "Heikin-Ashi bars",
  sources: ["open", "high", "low", "close"],
  params: [],
  outputs: ["open", "high", "low", "close"],
  warmup: () => 0,
  dialects: DIALECTS,
  kernel: heikinAshiKernel,
  stream: heikinAshiStream,
  formula:
    "close' = (open + high + low + close) / 4; open' = (open'[1] + close'[1]) / 2, first (open + close) / 2; high' = max(high, open', close'); low' = min(low, open', close')",
  citation:
    "TradingView, Help Center, Understanding Heikin-Ashi charts; Dan Valcu, Stocks & Commodities 22:2 (2004)",
};
