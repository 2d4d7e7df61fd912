import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { valuewhenStream } from "./stream/valuewhen.ts";
import { isTrue } from "./truth.ts";

/**
 * The source on the bar where the condition was true, 0 for the last such bar, 1 for the one before it, and so on. na
 * before there are so many, and where the source was na there. All dialects.
 */
export function valuewhenKernel(): Kernel {
  return valuewhen;
}

function valuewhen(
  [condition, source]: readonly Float64Array[],
  [occurrence]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const state = Int32Array.of(0, -1);
  inChunks(0, out.length, (from, to) => {
    steps(condition, source, from, to, occurrence, state, out);
  });
}

/** `state`: how often the condition was true, and the bar that counts, or -1. */
function steps(
  condition: Float64Array,
  source: Float64Array,
  from: number,
  to: number,
  occurrence: number,
  state: Int32Array,
  out: Float64Array,
): void {
  let count = state[0];
  let bar = state[1];
  let value = bar < 0 ? Number.NaN : finite(source[bar]);
  for (let i = from; i < to; i++) {
    if (isTrue(condition[i])) {
      count++;
      if (count > occurrence) {
        bar++;
        while (!isTrue(condition[bar])) bar++;
        value = finite(source[bar]);
      }
    }
    out[i] = value;
  }
  state[0] = count;
  state[1] = bar;
}

export const valuewhenDefinition: IndicatorDefinition = {
  name: "valuewhen",
  title: "Value when",
  sources: ["condition", "source"],
  params: [
    {
      name: "occurrence",
      type: "int",
      min: 0,
      max: MAX_PERIOD,
      default: 0,
      doc: "Which bar counts: 0 the last on which the condition was true, 1 the one before it.",
    },
  ],
  outputs: ["value"],
  warmup: ([occurrence]) => occurrence,
  dialects: DIALECTS,
  kernel: valuewhenKernel,
  stream: valuewhenStream,
  formula: "x on the bar where condition was true, counted back from the last such bar",
  citation: "TradingView, Pine Script reference manual, ta.valuewhen",
};
