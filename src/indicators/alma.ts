import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { overWindow } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { gaussian } from "./gaussian.ts";
import { almaStream } from "./stream/alma.ts";

/**
 * Arnaud Legoux moving average: weights of a Gaussian around center·(n-1) (Pine calls it offset), counted from the oldest, of width n/sigma.
 * Warm-up n - 1 bars; na in the window is skipped and the value carried. O(n) per bar: the weights are no recursion. All
 * dialects.
 */
export function almaKernel(): Kernel {
  return alma;
}

function alma(
  sources: readonly Float64Array[],
  [period, center, sigma]: readonly number[],
  outputs: readonly Float64Array[],
): void {
  if (period > sources[0].length) {
    outputs[0].fill(Number.NaN);
    return;
  }
  const weights = gaussian(period, center, sigma);
  overWindow(
    (source, from, _, [out]) => convolve(source, from, weights, out),
    sources[0],
    period,
    outputs,
    "skip",
  );
}

function convolve(
  source: Float64Array,
  from: number,
  weights: Float64Array,
  out: Float64Array,
): number {
  const period = weights.length;
  let zero = 0;
  for (let i = from; i < source.length; i++) zero += 0 * source[i];
  for (let i = from + period - 1; i < source.length; i++) {
    const start = i - period + 1;
    let sum = 0;
    for (let j = 0; j < period; j++) sum += weights[j] * source[start + j];
    out[i] = sum;
    zero += 0 * sum;
  }
  return zero;
}

export const almaDefinition: IndicatorDefinition = {
  name: "alma",
  title: "Arnaud Legoux moving average",
  sources: ["source"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars averaged." },
    {
      name: "center",
      type: "float",
      min: 0,
      max: 1,
      default: 0.85,
      doc: "Where the largest weight stands, from 0 (oldest bar) to 1 (newest).",
    },
    {
      name: "sigma",
      type: "float",
      min: 0.1,
      max: 1000,
      default: 6,
      doc: "How narrow the weights are: a standard deviation is period / sigma bars.",
    },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: almaKernel,
  stream: almaStream,
  formula: "Σ w[i] · x[i] / Σ w[i], w[i] = exp(-(i - center · (n - 1))² / (2 · (n / sigma)²))",
  citation: "TradingView, Pine Script reference manual, ta.alma",
};
