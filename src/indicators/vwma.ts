import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, products, quotients } from "./elementwise.ts";
import { smaKernel } from "./sma.ts";
import { vwmaStream } from "./stream/vwma.ts";

/**
 * Volume-weighted moving average. Warm-up n - 1 bars; na as in the two averages; no volume in the window is na. All
 * dialects.
 */
export function vwmaKernel(): Kernel {
  return vwma;
}

function vwma(
  [source, volume]: readonly Float64Array[],
  params: readonly number[],
  [out]: readonly Float64Array[],
): void {
  const sma = smaKernel("tv");
  const flow = columnLike(source);
  const weight = columnLike(source);
  products(source, volume, out);
  sma([out], params, [flow]);
  sma([volume], params, [weight]);
  quotients(flow, weight, 1, out);
}

export const vwmaDefinition: IndicatorDefinition = {
  name: "vwma",
  title: "Volume-weighted moving average",
  sources: ["source", "volume"],
  params: [
    { name: "period", type: "int", min: 1, max: MAX_PERIOD, doc: "Number of bars averaged." },
  ],
  outputs: ["value"],
  warmup: ([period]) => period - 1,
  dialects: DIALECTS,
  kernel: vwmaKernel,
  stream: vwmaStream,
  formula: "sma(x · volume, n) / sma(volume, n)",
  citation: "TradingView, Pine Script reference manual, ta.vwma",
};
