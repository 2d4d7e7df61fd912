import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD, TOLERANCE } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, differences } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { cmoStream } from "./stream/flows.ts";
import { sumKernel } from "./sum.ts";

/**
 * Chande momentum oscillator, -100 to 100. A fall of at most 1e-10 counts among the rises. Warm-up n bars; na changes are
 * skipped and the value carried; na where nothing moved. All dialects.
 */
export function cmoKernel(): Kernel {
  return cmo;
}

function cmo(
  [source]: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const rises = columnLike(source);
  const falls = columnLike(source);
  const up = columnLike(source);
  differences(source, 1, out);
  inChunks(0, out.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const change = out[i];
      const rose = change >= -TOLERANCE;
      rises[i] = rose ? change : 0 * change;
      falls[i] = rose ? 0 : -change;
    }
  });
  const sum = sumKernel();
  sum([rises], params, [up]);
  sum([falls], params, [out]);
  inChunks(0, out.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const down = out[i];
      out[i] = finite((100 * (up[i] - down)) / (up[i] + down));
    }
  });
}

export const cmoDefinition: IndicatorDefinition = {
  name: "cmo",
  title: "Chande momentum oscillator",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 9,
      doc: "Number of changes in the window.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period,
  dialects: DIALECTS,
  apart: {
    talib: "TA-Lib's CMO takes Wilder's averages of rises and falls, not their sums",
  },
  kernel: cmoKernel,
  stream: cmoStream,
  formula: "100 · (sum(rises, n) - sum(falls, n)) / (sum(rises, n) + sum(falls, n))",
  citation: "TradingView, Pine Script reference manual, ta.cmo",
};
