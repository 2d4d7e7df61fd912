import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD, TOLERANCE } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { exactFlows, type Flows, firstFlow } from "./exact-flows.ts";
import { finite } from "./finite.ts";
import { mfiStream } from "./stream/flows.ts";
import { sumKernel } from "./sum.ts";

/**
 * Money flow index, 0 to 100: flow is x · volume, up where x rose, down where it fell, both where the change is unknown, as
 * on the first bar. A change of at most 1e-10 is none. No flow down is 100. Warm-up n - 1 bars; na in the window is
 * skipped and the value carried. All dialects.
 */
export function mfiKernel(): Kernel {
  return ([source, volume], params, [out]) => {
    const [period] = params;
    const first = firstFlow(source, volume);
    const flows: Flows = {
      make: (from, to, up, down) => {
        if (from > first) return split(source, volume, from, to, up, down);
        flowOf(source, volume, from, 0, up, down);
        return split(source, volume, from + 1, to, up.subarray(1), down.subarray(1));
      },
      join: (from, to, rises, falls) => {
        if (weigh(rises, falls, from, to, out) !== 0) weighNone(rises, falls, from, to, out);
      },
    };
    if (exactFlows(flows, first, out.length, period, 1)) {
      out.fill(Number.NaN, 0, first + period - 1);
    } else {
      mfi(source, volume, params, out);
    }
  };
}

/** Returns 0, or not where a change or a flow is na. */
function split(
  source: Float64Array,
  volume: Float64Array,
  from: number,
  to: number,
  up: Float64Array,
  down: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const change = source[i] - source[i - 1];
    const flow = source[i] * volume[i];
    zero += change - change + (flow - flow);
    up[i - from] = Number(change > TOLERANCE) * flow;
    down[i - from] = Number(change < -TOLERANCE) * flow;
  }
  return zero;
}

/** Returns 0, or not where there is no flow at all. */
function weigh(
  rises: Float64Array,
  falls: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = 100 - 100 / (1 + rises[i - from] / falls[i - from]);
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

function weighNone(
  rises: Float64Array,
  falls: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const fallen = falls[i - from];
    out[i] = fallen === 0 ? 100 : finite(100 - 100 / (1 + rises[i - from] / fallen));
  }
}

function mfi(
  source: Float64Array,
  volume: Float64Array,
  params: readonly number[],
  out: Float64Array,
): void {
  const up = columnLike(source);
  const down = columnLike(source);
  const rises = columnLike(source);
  inChunks(0, source.length, (start, end) => {
    for (let i = start; i < end; i++) flowOf(source, volume, i, i, up, down);
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

function flowOf(
  source: Float64Array,
  volume: Float64Array,
  i: number,
  at: number,
  up: Float64Array,
  down: Float64Array,
): void {
  const change = i === 0 ? Number.NaN : finite(source[i] - source[i - 1]);
  const flow = finite(source[i] * volume[i]);
  const none = 0 * flow;
  up[at] = change <= TOLERANCE ? none : flow;
  down[at] = change >= -TOLERANCE ? none : flow;
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
