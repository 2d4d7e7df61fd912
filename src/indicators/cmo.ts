import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { firstDefined, inChunks } from "../vector/rolling/index.ts";
import { MAX_PERIOD, TOLERANCE } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, differences } from "./elementwise.ts";
import { exactFlows, type Flows } from "./exact-flows.ts";
import { finite, makeFinite } from "./finite.ts";
import { cmoStream } from "./stream/flows.ts";
import { sumKernel } from "./sum.ts";

/**
 * Chande momentum oscillator, -100 to 100. A fall of at most 1e-10 counts among the rises. Warm-up n bars; na changes are
 * skipped and the value carried; na where nothing moved. All dialects.
 */
export function cmoKernel(): Kernel {
  return ([source], params, [out]) => {
    const [period] = params;
    const first = firstDefined(source) + 1;
    const flows: Flows = {
      make: (from, to, rises, falls) => split(source, from, to, rises, falls),
      join: (from, to, up, down) => {
        if (compare(up, down, from, to, out) !== 0) makeFinite(out, from, to);
      },
    };
    if (exactFlows(flows, first, out.length, period, 1)) {
      out.fill(Number.NaN, 0, first + period - 1);
    } else {
      cmo(source, params, out);
    }
  };
}

/** Returns 0, or not where a change is na or a fall as small as the tolerance. */
function split(
  source: Float64Array,
  from: number,
  to: number,
  rises: Float64Array,
  falls: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const change = source[i] - source[i - 1];
    const size = Math.abs(change);
    const fall = 0.5 * (size - change);
    if (fall * (fall - 2 * TOLERANCE) < 0) return 1;
    zero += change - change;
    rises[i - from] = 0.5 * (size + change);
    falls[i - from] = fall;
  }
  return zero;
}

function compare(
  up: Float64Array,
  down: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const rise = up[i - from];
    const fall = down[i - from];
    const value = (100 * (rise - fall)) / (rise + fall);
    zero += value - value;
    out[i] = value;
  }
  return zero;
}

function cmo(source: Float64Array, params: readonly number[], out: Float64Array): void {
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
