import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { firstDefined, firstNa, inChunks, isNa, meanSeed } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { finite } from "./finite.ts";
import { rmaStream } from "./stream/rma.ts";
import { weightedMean } from "./weighted-mean.ts";

/**
 * Wilder's moving average.
 * - tv, talib: seed = sma of the first n values at bar n - 1, then (prev·(n-1) + x)/n; an na bar is na, the state
 *   stands still.
 * - backtrader (SmoothedMovingAverage): the same seed, then prev·(1-1/n) + x·(1/n); na after it poisons the rest.
 * - pandas: `ewm(alpha=1/n, adjust=False).mean()`, from bar 0. vectorbt: the same, na until n values were seen.
 */
export function rmaKernel(dialect: Dialect): Kernel {
  const run = FORMS[dialect];
  return (sources, params, outputs) => run(sources[0], params[0], outputs[0]);
}

type Form = (source: Float64Array, period: number, out: Float64Array) => void;

const FORMS: Record<Dialect, Form> = {
  tv: seeded,
  talib: seeded,
  backtrader: poisonable,
  pandas: (source, period, out) => weightedMean(source, 1 / period, 1, out),
  vectorbt: (source, period, out) => weightedMean(source, 1 / period, period, out),
};

function seeded(source: Float64Array, period: number, out: Float64Array): void {
  const seed = meanSeed(source, period, "skip");
  out.fill(Number.NaN, 0, seed.bar);
  if (seed.bar === source.length) return;
  out[seed.bar] = finite(seed.value);
  inChunks(seed.bar + 1, source.length, (from, to) => steps(source, from, to, period, out));
  // na, once met, stays in the average, so the last value tells of it.
  if (isNa(out[out.length - 1])) stepsOverNa(source, seed.bar + 1, seed.value, period, out);
}

function steps(
  source: Float64Array,
  from: number,
  to: number,
  period: number,
  out: Float64Array,
): void {
  const rest = period - 1;
  let value = out[from - 1];
  for (let i = from; i < to; i++) {
    value = (value * rest + source[i]) / period;
    out[i] = value;
  }
}

function stepsOverNa(
  source: Float64Array,
  from: number,
  seed: number,
  period: number,
  out: Float64Array,
): void {
  const rest = period - 1;
  let value = seed;
  for (let i = from; i < source.length; i++) {
    const defined = !isNa(source[i]);
    if (defined) value = (value * rest + source[i]) / period;
    out[i] = defined ? finite(value) : Number.NaN;
  }
}

function poisonable(source: Float64Array, period: number, out: Float64Array): void {
  const seed = meanSeed(source, period, "require");
  out.fill(Number.NaN, 0, seed.bar);
  if (seed.bar === source.length) return;
  out[seed.bar] = finite(seed.value);
  inChunks(seed.bar + 1, source.length, (from, to) => blends(source, from, to, 1 / period, out));
  if (isNa(out[out.length - 1])) out.fill(Number.NaN, firstNa(source, firstDefined(source)));
}

function blends(
  source: Float64Array,
  from: number,
  to: number,
  alpha: number,
  out: Float64Array,
): void {
  const keep = 1 - alpha;
  let value = out[from - 1];
  for (let i = from; i < to; i++) {
    value = value * keep + source[i] * alpha;
    out[i] = value;
  }
}

export const rmaDefinition: IndicatorDefinition = {
  name: "rma",
  title: "Wilder's moving average",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      doc: "Number of bars; the newest value has the weight 1 / period.",
    },
  ],
  outputs: ["value"],
  warmup: ([period], dialect) => (dialect === "pandas" ? 0 : period - 1),
  dialects: DIALECTS,
  kernel: rmaKernel,
  stream: rmaStream,
  chains: (form, [x], [period]) => [form.rma(x, period)],
  formula: "sma of the first n values, then (prev · (n - 1) + x) / n",
  citation:
    "TradingView, Pine Script reference manual, ta.rma; J. Welles Wilder, New Concepts in Technical Trading Systems (1978)",
};
