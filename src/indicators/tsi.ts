import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, differences, quotients } from "./elementwise.ts";
import { emaKernel } from "./ema.ts";
import { tsiStream } from "./stream/tsi.ts";

/**
 * True strength index, -1 to 1: changes, averaged twice, over their sizes, averaged twice. Warm-up long + short - 1 bars; na as
 * in `ema` (tv); na where nothing moved. All dialects.
 */
export function tsiKernel(): Kernel {
  return tsi;
}

function tsi(
  [source]: readonly Float64Array[],
  [short, long]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const ema = emaKernel("tv");
  const changes = columnLike(source);
  const sizes = columnLike(source);
  const once = columnLike(source);
  differences(source, 1, changes);
  inChunks(0, sizes.length, (start, end) => {
    for (let i = start; i < end; i++) sizes[i] = Math.abs(changes[i]);
  });
  ema([changes], [long], [once]);
  ema([once], [short], [changes]);
  ema([sizes], [long], [once]);
  ema([once], [short], [sizes]);
  quotients(changes, sizes, 1, out);
}

export const tsiDefinition: IndicatorDefinition = {
  name: "tsi",
  title: "True strength index",
  sources: ["source"],
  params: [
    {
      name: "short_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 13,
      doc: "Span of the second average in bars.",
    },
    {
      name: "long_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 25,
      doc: "Span of the first average in bars.",
    },
  ],
  outputs: ["value"],
  warmup: ([short, long]) => short + long - 1,
  dialects: DIALECTS,
  kernel: tsiKernel,
  stream: tsiStream,
  formula: "ema(ema(change(x), long), short) / ema(ema(abs(change(x)), long), short)",
  citation:
    "TradingView, Pine Script reference manual, ta.tsi; William Blau, Stocks & Commodities 9:11 (1991)",
};
