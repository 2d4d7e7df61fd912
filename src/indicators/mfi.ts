import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD, TOLERANCE } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { mfiStream } from "./stream/flows.ts";
import { sumKernel } from "./sum.ts";

/**
 * Money flow index, 0 to 100: flow is x · volume, up where x rose, down where it fell, both where the change is unknown, as
 * on the first bar. A change of at most 1e-10 is none. No flow down is 100. Warm-up n - 1 bars; na in the window is
 * skipped and the value carried. All dialects.
 */
export function mfiKernel(): Kernel {
  return mfi;
}

function mfi(
  [source, volume]: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const up = columnLike(source);
  const down = columnLike(source);
  const rises = columnLike(source);
  inChunks(0, source.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const change = i === 0 ? Number.NaN : finite(source[i] - source[i - 1]);
      const flow = finite(source[i] * volume[i]);
      const none = 0 * flow;
      up[i] = change <= TOLERANCE ? none : flow;
      down[i] = change >= -TOLERANCE ? none : flow;
    }
  });
  const sum = sumKernel();
  sum([up], params, [rises]);
  sum([down], params, [out]);
  inChunks(0, out.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const fallen = out[i];
      const known = fallen - fallen === 0 && rises[i] - rises[i] === 0;
      if (!known) out[i] = Number.NaN;
      else out[i] = fallen === 0 ? 100 : finite(100 - 100 / (1 + rises[i] / fallen));
    }
  });
}

export const mfiDefinition: IndicatorDefinition = {
  name: "mfi",
  title: "Money flow index",
  sources: ["source", "volume"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of bars in the window.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  apart: {
    talib:
      "TA-Lib's MFI starts a bar later, takes a change below 1e-10 as one, and flows of less than 1 as none",
  },
  kernel: mfiKernel,
  stream: mfiStream,
  formula: "100 - 100 / (1 + sum(flow up, n) / sum(flow down, n))",
  citation: "TradingView, Pine Script reference manual, ta.mfi",
};
