import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { cutlerRsi } from "./rsi-cutler.ts";
import { weightedRsi } from "./rsi-weighted.ts";
import { wilderRsi } from "./rsi-wilder.ts";
import { rsiStream } from "./stream/rsi.ts";

/**
 * Relative strength index, 100 - 100/(1 + u/d), of the averages u of rises and d of falls; d = 0 < u is 100.
 * - tv: Wilder's average, `(prev·(n-1) + x)/n` from the mean of the first n changes at bar n; no change at all is
 *   na; a change from or to na is missing: na there, the state stands still. talib: the same, no change 0.
 * - backtrader: Wilder as `prev·(1-1/n) + x/n`, `RSI_Safe`'s 50 for no change; na poisons the rest.
 * - pandas: `ewm(alpha=1/n, adjust=False)` of rises and falls, from bar 1.
 * - vectorbt: plain means of the last n changes (Cutler), na where one is missing.
 */
export function rsiKernel(dialect: Dialect): Kernel {
  const run = FORMS[dialect];
  return (sources, params, outputs) => run(sources[0], params[0], outputs[0]);
}

type Form = (source: Float64Array, period: number, out: Float64Array) => void;

const FORMS: Record<Dialect, Form> = {
  tv: (source, period, out) => wilderRsi(source, period, Number.NaN, false, out),
  talib: (source, period, out) => wilderRsi(source, period, 0, false, out),
  backtrader: (source, period, out) => wilderRsi(source, period, 50, true, out),
  pandas: weightedRsi,
  vectorbt: cutlerRsi,
};

export const rsiDefinition: IndicatorDefinition = {
  name: "rsi",
  title: "Relative strength index",
  sources: ["source"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of changes averaged; Wilder's smoothing gives the newest the weight 1 / period.",
    },
  ],
  outputs: ["value"],
  warmup: ([period], dialect) => (dialect === "pandas" ? 1 : period),
  dialects: DIALECTS,
  kernel: rsiKernel,
  stream: rsiStream,
  chains: (form, [x], [period]) => {
    const change = form.change(x);
    const average = (part: typeof x) => form.rma(part, period);
    return [form.strength(average(form.rise(change)), average(form.fall(change)))];
  },
  formula: "100 - 100 / (1 + rma(rises, n) / rma(falls, n))",
  citation: "J. Welles Wilder, New Concepts in Technical Trading Systems (1978), section VI",
};
