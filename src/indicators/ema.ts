import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { firstDefined, firstNa, inChunks, isNa, meanSeed } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { emaStream } from "./stream/ema.ts";
import { weightedMean } from "./weighted-mean.ts";

/**
 * Exponential moving average, k = 2/(n+1).
 * - tv, talib: seed = sma of the first n values at bar n - 1, then prev + k·(x - prev); an na bar is na, the
 *   state stands still.
 * - backtrader: the same seed, then prev·(1-k) + x·k; na after the first value poisons the rest.
 * - pandas: `ewm(span=n, adjust=False).mean()`, from bar 0; over na the value is carried and its weight decays.
 * - vectorbt: as pandas, na until n values were seen.
 */
export function emaKernel(dialect: Dialect): Kernel {
  const run = FORMS[dialect];
  return (sources, params, outputs) => run(sources[0], params[0], outputs[0]);
}

type Form = (source: Float64Array, period: number, out: Float64Array) => void;

const FORMS: Record<Dialect, Form> = {
  tv: seeded,
  talib: seeded,
  backtrader: poisonable,
  pandas: (source, period, out) => weightedMean(source, 2 / (period + 1), 1, out),
  vectorbt: (source, period, out) => weightedMean(source, 2 / (period + 1), period, out),
};

function seeded(source: Float64Array, period: number, out: Float64Array): void {
  const seed = meanSeed(source, period, "skip");
  out.fill(Number.NaN, 0, seed.bar);
  if (seed.bar === source.length) return;
  out[seed.bar] = seed.value;
  const k = 2 / (period + 1);
  inChunks(seed.bar + 1, source.length, (from, to) => steps(source, from, to, k, out));
  // na, once met, stays in the average, so the last value tells of it.
  if (isNa(out[out.length - 1])) stepsOverNa(source, seed.bar + 1, seed.value, k, out);
}

function steps(source: Float64Array, from: number, to: number, k: number, out: Float64Array): void {
  let value = out[from - 1];
  for (let i = from; i < to; i++) {
    value = value + k * (source[i] - value);
    out[i] = value;
  }
}

function stepsOverNa(
  source: Float64Array,
  from: number,
  seed: number,
  k: number,
  out: Float64Array,
): void {
  let value = seed;
  for (let i = from; i < source.length; i++) {
    const defined = !isNa(source[i]);
    if (defined) value = value + k * (source[i] - value);
    out[i] = defined && !isNa(value) ? value : Number.NaN;
  }
}

function poisonable(source: Float64Array, period: number, out: Float64Array): void {
  const seed = meanSeed(source, period, "require");
  out.fill(Number.NaN, 0, seed.bar);
  if (seed.bar === source.length) return;
  out[seed.bar] = seed.value;
  const k = 2 / (period + 1);
  inChunks(seed.bar + 1, source.length, (from, to) => blends(source, from, to, k, out));
  if (isNa(out[out.length - 1])) out.fill(Number.NaN, firstNa(source, firstDefined(source)));
}

function blends(
  source: Float64Array,
  from: number,
  to: number,
  k: number,
  out: Float64Array,
): void {
  const keep = 1 - k;
  let value = out[from - 1];
  for (let i = from; i < to; i++) {
    value = value * keep + source[i] * k;
    out[i] = value;
  }
}

export const emaDefinition: IndicatorDefinition = {
  name: "ema",
  title: "Exponential moving average",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      doc: "Span in bars; the newest value has the weight 2 / (period + 1).",
    },
  ],
  outputs: ["value"],
  warmup: ([period], dialect) => (dialect === "pandas" ? 0 : period - 1),
  dialects: DIALECTS,
  kernel: emaKernel,
  stream: emaStream,
  chains: (form, [x], [period]) => [form.ema(x, period)],
  formula: "sma of the first n values, then prev + 2 / (n + 1) · (x - prev)",
  citation: "TradingView, Pine Script reference manual, ta.ema; pandas, Series.ewm",
};
