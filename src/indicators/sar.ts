import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, isNa } from "../vector/rolling/index.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { sarStream } from "./stream/sar.ts";

/**
 * Parabolic stop and reverse, in the unit of the prices, as the Pine reference manual spells it out: from the second bar on;
 * the trend starts up where close rose. A bar with na is na and changes nothing. Warm-up 1 bar. All dialects.
 */
export function sarKernel(): Kernel {
  return sar;
}

function sar(
  [high, low, close]: readonly Float64Array[],
  [start, increment, maximum]: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const limits = Float64Array.of(start, increment, maximum);
  const state = Float64Array.of(0, 0, start, 1);
  const last = Int32Array.of(-1, -1);
  inChunks(0, out.length, (from, to) => {
    steps(high, low, close, from, to, limits, state, last, out);
  });
}

/** `state`: stop, extreme, acceleration, and 1 in a rise; `last`: the last defined bar and the one before it, or -1. */
function steps(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  from: number,
  to: number,
  limits: Float64Array,
  state: Float64Array,
  last: Int32Array,
  out: Float64Array,
): void {
  let stop = state[0];
  let extreme = state[1];
  let acceleration = state[2];
  let up = state[3] === 1;
  let one = last[0];
  let two = last[1];
  for (let i = from; i < to; i++) {
    out[i] = Number.NaN;
    if (isNa(high[i] + low[i] + close[i])) continue;
    if (one >= 0) {
      let first = two < 0;
      if (first) {
        up = close[i] > close[one];
        stop = up ? low[one] : high[one];
        extreme = up ? high[i] : low[i];
      }
      stop += acceleration * (extreme - stop);
      if (up ? stop > low[i] : stop < high[i]) {
        stop = up ? Math.max(high[i], extreme) : Math.min(low[i], extreme);
        extreme = up ? low[i] : high[i];
        up = !up;
        acceleration = limits[0];
        first = true;
      }
      if (!first && (up ? high[i] > extreme : low[i] < extreme)) {
        extreme = up ? high[i] : low[i];
        acceleration = Math.min(acceleration + limits[1], limits[2]);
      }
      const before = two < 0 ? one : two;
      stop = up ? Math.min(stop, low[one], low[before]) : Math.max(stop, high[one], high[before]);
      out[i] = finite(stop);
    }
    two = one;
    one = i;
  }
  state[0] = stop;
  state[1] = extreme;
  state[2] = acceleration;
  state[3] = up ? 1 : 0;
  last[0] = one;
  last[1] = two;
}

export const sarDefinition: IndicatorDefinition = {
  name: "sar",
  title: "Parabolic SAR",
  sources: ["high", "low", "close"],
  params: [
    {
      name: "start",
      type: "float",
      min: 0,
      max: 1,
      default: 0.02,
      doc: "Acceleration at the start of a trend.",
    },
    {
      name: "increment",
      type: "float",
      min: 0,
      max: 1,
      default: 0.02,
      doc: "What a new extreme adds to it.",
    },
    { name: "maximum", type: "float", min: 0, max: 1, default: 0.2, doc: "Largest acceleration." },
  ],
  outputs: ["value"],
  warmup: () => 1,
  dialects: DIALECTS,
  apart: {
    talib:
      "TA-Lib starts with the direction of the movement and holds the stop behind the last two bars before it tests for a reversal",
  },
  kernel: sarKernel,
  stream: sarStream,
  formula: "prev + acceleration · (extreme - prev), reversed where the price touches it",
  citation:
    "TradingView, Pine Script reference manual, ta.sar; J. Welles Wilder, New Concepts in Technical Trading Systems (1978)",
};
