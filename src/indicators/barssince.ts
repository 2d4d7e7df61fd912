import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { barssinceStream } from "./stream/barssince.ts";
import { isTrue } from "./truth.ts";

/**
 * Number of bars since the condition was true, 0 on such a bar; na before the first. A condition is true where it is
 * neither 0 nor na. All dialects.
 */
export function barssinceKernel(): Kernel {
  return barssince;
}

function barssince(
  [condition]: readonly Float64Array[],
  _params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const last = Float64Array.of(Number.NaN);
  inChunks(0, out.length, (from, to) => steps(condition, from, to, last, out));
}

/** `last`: the bar where the condition was true, na before the first. */
function steps(
  condition: Float64Array,
  from: number,
  to: number,
  last: Float64Array,
  out: Float64Array,
): void {
  let bar = last[0];
  for (let i = from; i < to; i++) {
    if (isTrue(condition[i])) bar = i;
    out[i] = i - bar;
  }
  last[0] = bar;
}

export const barssinceDefinition: IndicatorDefinition = {
  name: "barssince",
  title: "Bars since",
  sources: ["condition"],
  params: [],
  outputs: ["value"],
  warmup: () => 0,
  dialects: DIALECTS,
  kernel: barssinceKernel,
  stream: barssinceStream,
  formula: "number of bars since condition was true, na before it ever was",
  citation: "TradingView, Pine Script reference manual, ta.barssince",
};
