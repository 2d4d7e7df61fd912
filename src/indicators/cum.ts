import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, isNa } from "../vector/rolling/index.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { cumStream } from "./stream/sum.ts";

/**
 * Sum of all values so far, compensated (TwoSum), so that long series lose nothing. Warm-up 0 bars; an na bar is na and
 * adds nothing. All dialects.
 */
export function cumKernel(): Kernel {
  return cum;
}

function cum(
  [source]: readonly Float64Array[],
  _params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const state = new Float64Array(2);
  inChunks(0, source.length, (from, to) => accumulate(source, from, to, state, out));
}

/** Continues the sum in `state`, and the sum of what its roundings lost. */
export function accumulate(
  source: Float64Array,
  from: number,
  to: number,
  state: Float64Array,
  out: Float64Array,
): void {
  const sum = state[0];
  const error = state[1];
  if (steps(source, from, to, state, out) === 0) return;
  state[0] = sum;
  state[1] = error;
  stepsOverNa(source, from, to, state, out);
}

/** Returns 0, or not where a value or a sum is na. */
function steps(
  source: Float64Array,
  from: number,
  to: number,
  state: Float64Array,
  out: Float64Array,
): number {
  let sum = state[0];
  let error = state[1];
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = source[i];
    const next = sum + value;
    const part = next - sum;
    error += sum - (next - part) + (value - part);
    sum = next;
    const result = sum + error;
    zero += result - result;
    out[i] = result;
  }
  state[0] = sum;
  state[1] = error;
  return zero;
}

function stepsOverNa(
  source: Float64Array,
  from: number,
  to: number,
  state: Float64Array,
  out: Float64Array,
): void {
  let sum = state[0];
  let error = state[1];
  for (let i = from; i < to; i++) {
    const value = source[i];
    if (isNa(value)) {
      out[i] = Number.NaN;
      continue;
    }
    const next = sum + value;
    const part = next - sum;
    error += sum - (next - part) + (value - part);
    sum = next;
    out[i] = finite(sum + error);
  }
  state[0] = sum;
  state[1] = error;
}

export const cumDefinition: IndicatorDefinition = {
  name: "cum",
  title: "Cumulative sum",
  sources: ["source"],
  params: [],
  outputs: ["value"],
  warmup: () => 0,
  dialects: DIALECTS,
  kernel: cumKernel,
  stream: cumStream,
  formula: "x[0] + x[1] + … to the first bar",
  citation: "TradingView, Pine Script reference manual, ta.cum",
};
