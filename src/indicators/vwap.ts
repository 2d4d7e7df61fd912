import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { inChunks, isNa } from "../vector/rolling/index.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { sessionOf } from "./session.ts";
import { vwapStream } from "./stream/vwap.ts";

/**
 * Volume-weighted average price since the session began, and bands of weighted standard deviations around it, in the
 * unit of the prices. Warm-up 0 bars. A bar with na in price, volume or time is na and adds nothing; without volume so
 * far, na. Sums are of differences from the session's first price: prices of 1e9 ± 0.001 lose nothing. All dialects.
 */
export function vwapKernel(): Kernel {
  return vwap;
}

/** Places in the state: the session's number, its first price, the sums of v, v·d and v·d², d from that price. */
const SESSION = 0;
const PIVOT = 1;
const VOLUME = 2;
const FLOW = 3;
const SQUARE = 4;
const STATE = 5;

function vwap(
  sources: readonly Float64Array[],
  params: readonly number[],
  outputs: readonly Float64Array[],
): void {
  const state = new Float64Array(STATE).fill(Number.NaN);
  inChunks(0, sources[0].length, (from, to) => steps(sources, params, from, to, state, outputs));
}

function steps(
  [source, volume, time]: readonly Float64Array[],
  [minutes, months, start, deviations]: readonly number[],
  from: number,
  to: number,
  state: Float64Array,
  [value, upper, lower]: readonly Float64Array[],
): void {
  const form = { minutes, months, start };
  let session = state[SESSION];
  let pivot = state[PIVOT];
  let total = state[VOLUME];
  let flow = state[FLOW];
  let square = state[SQUARE];
  for (let i = from; i < to; i++) {
    const x = source[i];
    const v = volume[i];
    if (isNa(x) || isNa(v) || isNa(time[i])) {
      value[i] = Number.NaN;
      upper[i] = Number.NaN;
      lower[i] = Number.NaN;
      continue;
    }
    const now = sessionOf(time[i], form);
    // The pivot is a price that counts, else a far one would cost digits.
    if (now !== session || total === 0) {
      session = now;
      pivot = x;
      total = 0;
      flow = 0;
      square = 0;
    }
    const d = x - pivot;
    total += v;
    flow += v * d;
    square += v * d * d;
    const mean = flow / total;
    const width = deviations * Math.sqrt(Math.max(0, square / total - mean * mean));
    const price = pivot + mean;
    value[i] = finite(price);
    upper[i] = finite(price + width);
    lower[i] = finite(price - width);
  }
  state[SESSION] = session;
  state[PIVOT] = pivot;
  state[VOLUME] = total;
  state[FLOW] = flow;
  state[SQUARE] = square;
}

export const vwapDefinition: IndicatorDefinition = {
  name: "vwap",
  title: "Volume-weighted average price",
  sources: ["source", "volume", "time"],
  params: [
    {
      name: "session_minutes",
      type: "int",
      min: 1,
      max: 52_560_000,
      default: 1440,
      doc: "Length of a session: 1440 for a day, 10080 for a week from Monday.",
    },
    {
      name: "session_months",
      type: "int",
      min: 0,
      max: 1200,
      default: 0,
      doc: "Length in calendar months instead, counted from January: 1, 3 for a quarter, 12; 0 for the minutes above.",
    },
    {
      name: "session_start",
      type: "int",
      min: -1440,
      max: 1440,
      default: 0,
      doc: "Minutes after midnight UTC at which sessions begin.",
    },
    {
      name: "num_std_dev",
      type: "float",
      min: 0,
      max: 1000,
      default: 1,
      doc: "Distance of the bands in standard deviations.",
    },
  ],
  outputs: ["value", "upper", "lower"],
  warmup: () => 0,
  dialects: DIALECTS,
  kernel: vwapKernel,
  stream: vwapStream,
  formula:
    "Σ x · volume / Σ volume since the session began, ± k · sqrt(Σ volume · x² / Σ volume - value²); x is (high + low + close) / 3 as a rule",
  citation: "TradingView, Pine Script reference manual, ta.vwap",
};
