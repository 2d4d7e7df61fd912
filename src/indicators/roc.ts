import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, whole } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { makeFinite } from "./finite.ts";
import { rocStream } from "./stream/lag.ts";

/** Rate of change in percent. Warm-up n bars; na where either value is missing or the earlier one is 0. All dialects. */
export function rocKernel(): Kernel {
  return roc;
}

function roc(
  [source]: readonly Float64Array[],
  [period]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const count = whole(period);
  out.fill(Number.NaN, 0, count);
  inChunks(count, out.length, (from, to) => {
    if (rates(source, count, from, to, out) !== 0) makeFinite(out, from, to);
  });
}

/** Two bars a turn, as a turn costs as much as a quotient. */
function rates(
  source: Float64Array,
  period: number,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  let i = from;
  for (; i < to - 1; i += 2) {
    const earlier = source[i - period];
    const a = (100 * (source[i] - earlier)) / earlier;
    const before = source[i - period + 1];
    const b = (100 * (source[i + 1] - before)) / before;
    zero += a - a + (b - b);
    out[i] = a;
    out[i + 1] = b;
  }
  if (i < to) {
    const before = source[i - period];
    const value = (100 * (source[i] - before)) / before;
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

export const rocDefinition: IndicatorDefinition = {
  name: "roc",
  title: "Rate of change",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 10,
      doc: "Bars between the two values.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period,
  dialects: DIALECTS,
  kernel: rocKernel,
  stream: rocStream,
  formula: "100 · (x - x[n]) / x[n]",
  citation: "TradingView, Pine Script reference manual, ta.roc",
};
