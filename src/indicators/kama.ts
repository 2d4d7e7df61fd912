import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, overWindow, rollingSums } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { adaptNear } from "./kama-near.ts";
import { kamaStream } from "./stream/kama.ts";

/**
 * Kaufman's adaptive moving average: from x[n-1] on, a step of sc·(x - prev) per bar, sc = (er·(f - s) + s)²,
 * er = |x - x[n]| / Σ|change|, f and s being 2/(k+1) of the fast and the slow period. Warm-up n bars, as in TA-Lib
 * (ta_KAMA.c); no movement at all counts as er 1; na is skipped and the value carried. All dialects.
 */
export function kamaKernel(): Kernel {
  return kama;
}

function kama(
  sources: readonly Float64Array[],
  [period, fast, slow]: readonly number[],
  outputs: readonly Float64Array[],
): void {
  overWindow(
    (source, from, window, [out]) =>
      dense(source, from, window - 1, 2 / (fast + 1), 2 / (slow + 1), out),
    sources[0],
    period + 1,
    outputs,
    "skip",
  );
}

function dense(
  source: Float64Array,
  from: number,
  period: number,
  fast: number,
  slow: number,
  out: Float64Array,
): number {
  if (adaptNear(source, from, period, fast, slow, out)) return 0;
  return steps(source, from, period, fast, slow, out);
}

function steps(
  source: Float64Array,
  from: number,
  period: number,
  fast: number,
  slow: number,
  out: Float64Array,
): number {
  const changes = new Float64Array(source.length - from - 1);
  inChunks(0, changes.length, (start, end) => {
    for (let k = start; k < end; k++) {
      changes[k] = Math.abs(source[from + k + 1] - source[from + k]);
    }
  });
  const paths = new Float64Array(changes.length);
  const zero = rollingSums(changes, 0, period, 1, paths);
  const state = Float64Array.of(source[from + period - 1], fast, slow);
  inChunks(from + period, source.length, (start, end) => {
    adapt(source, paths.subarray(start - from - 1), start, end, period, state, out);
  });
  // Too large an average stays so.
  return zero + 0 * state[0];
}

/** `state` holds the last value and the constants of the fastest and the slowest average. */
function adapt(
  source: Float64Array,
  paths: Float64Array,
  from: number,
  to: number,
  period: number,
  state: Float64Array,
  out: Float64Array,
): void {
  const slow = state[2];
  const span = state[1] - slow;
  let value = state[0];
  for (let i = from; i < to; i++) {
    const way = Math.abs(source[i] - source[i - period]);
    const path = paths[i - from];
    const smooth = (path > way ? way / path : 1) * span + slow;
    value += smooth * smooth * (source[i] - value);
    out[i] = value;
  }
  state[0] = value;
}

export const kamaDefinition: IndicatorDefinition = {
  name: "kama",
  title: "Kaufman's adaptive moving average",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 10,
      doc: "Number of changes that the efficiency is measured over.",
    },
    {
      name: "fast_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 2,
      doc: "Span of the fastest average in bars.",
    },
    {
      name: "slow_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 30,
      doc: "Span of the slowest average in bars.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period,
  dialects: DIALECTS,
  kernel: kamaKernel,
  stream: kamaStream,
  formula: "prev + (er · (2 / (f + 1) - 2 / (s + 1)) + 2 / (s + 1))² · (x - prev)",
  citation: "Perry J. Kaufman, Smarter Trading (1995); TA-Lib, ta_KAMA.c",
};
