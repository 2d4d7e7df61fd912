import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { rsiKernel } from "./rsi.ts";
import { smaKernel } from "./sma.ts";
import { stochKernel } from "./stoch.ts";
import { stochrsiStream } from "./stream/stoch.ts";

/**
 * Stochastic of the RSI: k is its average over a few bars, d the average of k. Warm-up rsi_period + stoch_period +
 * k_period + d_period - 3 bars, without end for a stoch_period of 1, whose range is 0; na as in its parts (tv). All
 * dialects.
 */
export function stochrsiKernel(): Kernel {
  return stochrsi;
}

function stochrsi(
  [source]: readonly Float64Array[],
  [strength, window, first, second]: readonly number[],
  [k, d]: readonly Float64Array[],
): void {
  const sma = smaKernel("tv");
  const rsi = columnLike(source);
  rsiKernel("tv")([source], [strength], [rsi]);
  stochKernel()([rsi, rsi, rsi], [window], [d]);
  sma([d], [first], [k]);
  sma([k], [second], [d]);
}

export const stochrsiDefinition: IndicatorDefinition = {
  name: "stochrsi",
  title: "Stochastic RSI",
  sources: ["source"],
  params: [
    {
      name: "rsi_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of changes that the RSI averages.",
    },
    {
      name: "stoch_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of bars of the stochastic.",
    },
    {
      name: "k_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 3,
      doc: "Number of bars that k averages.",
    },
    {
      name: "d_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 3,
      doc: "Number of bars that d averages.",
    },
  ],
  outputs: ["k", "d"],
  warmup: ([rsi, stoch, k, d]) =>
    stoch === 1 ? Number.POSITIVE_INFINITY : rsi + stoch + k + d - 3,
  dialects: DIALECTS,
  kernel: stochrsiKernel,
  stream: stochrsiStream,
  formula: "k = sma(stoch(r, r, r, n), k), d = sma(k, d), r = rsi(x, rsi)",
  citation:
    "TradingView, built-in indicator Stochastic RSI; Tushar S. Chande and Stanley Kroll, The New Technical Trader (1994)",
};
