import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, products, quotients } from "./elementwise.ts";
import { exactFlows, type Flows, firstFlow } from "./exact-flows.ts";
import { smaKernel } from "./sma.ts";
import { vwmaStream } from "./stream/vwma.ts";

/**
 * Volume-weighted moving average. Warm-up n - 1 bars; na as in the two averages; no volume in the window is na. All
 * dialects.
 */
export function vwmaKernel(): Kernel {
  return ([source, volume], params, [out]) => {
    const [period] = params;
    const first = firstFlow(source, volume);
    const flows: Flows = {
      make: (from, to, flow, weight) => weigh(source, volume, from, to, flow, weight),
      join: (from, to, flow, weight) => {
        quotients(flow.subarray(0, to - from), weight, 1, out.subarray(from, to));
      },
    };
    if (exactFlows(flows, first, out.length, period, period)) {
      out.fill(Number.NaN, 0, first + period - 1);
    } else {
      vwma(source, volume, params, out);
    }
  };
}

/** Returns 0, or not where a product is na. */
function weigh(
  source: Float64Array,
  volume: Float64Array,
  from: number,
  to: number,
  flow: Float64Array,
  weight: Float64Array,
): number {
  let zero = 0;
  for (let i = from; i < to; i++) {
    const value = source[i] * volume[i];
    zero += value - value;
    flow[i - from] = value;
    weight[i - from] = volume[i];
  }
  return zero;
}

function vwma(
  source: Float64Array,
  volume: Float64Array,
  params: readonly number[],
  out: Float64Array,
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
