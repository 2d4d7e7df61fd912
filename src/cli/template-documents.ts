import bollingerBreakout from "../../fixtures/rules/bollinger_breakout.json";
import emaCrossover from "../../fixtures/rules/ema_crossover_params.json";
import liquiditySweep from "../../fixtures/rules/liquidity_sweep.json";
import maCrossover from "../../fixtures/rules/ma_crossover.json";
import momentum from "../../fixtures/rules/momentum.json";
import priceSmaCrossLong from "../../fixtures/rules/price-sma-cross-long.json";
import priceSmaCrossLongFast from "../../fixtures/rules/price-sma-cross-long-fast.json";
import priceSmaCrossShort from "../../fixtures/rules/price-sma-cross-short.json";
import priceSmaCrossShortFast from "../../fixtures/rules/price-sma-cross-short-fast.json";
import rsiReversal from "../../fixtures/rules/rsi_reversal.json";

export interface Template {
  readonly name: string;
  readonly description: string;
  readonly document: object;
}

/** The rule documents that `swymc templates` offers; they are part of the code, so that a bundle needs no files. */
export const TEMPLATES: readonly Template[] = [
  {
    name: "ma_crossover",
    description: "two SMAs cross: always long or short, with the faster one",
    document: maCrossover,
  },
  {
    name: "ema_crossover_params",
    description: "two EMAs cross: long only, the periods as parameters",
    document: emaCrossover,
  },
  {
    name: "momentum",
    description: "the close has risen by enough above its average: long, trailing stop by ATR",
    document: momentum,
  },
  {
    name: "price-sma-cross-long",
    description:
      "the close crosses above its SMA (21): long, out by stop, target or opposite cross",
    document: priceSmaCrossLong,
  },
  {
    name: "price-sma-cross-short",
    description:
      "the close crosses below its SMA (21): short, out by stop, target or opposite cross",
    document: priceSmaCrossShort,
  },
  {
    name: "price-sma-cross-long-fast",
    description: "the same with SMA (9): long",
    document: priceSmaCrossLongFast,
  },
  {
    name: "price-sma-cross-short-fast",
    description: "the same with SMA (9): short",
    document: priceSmaCrossShortFast,
  },
  {
    name: "rsi_reversal",
    description: "RSI leaves its middle: buy low, sell high, long only",
    document: rsiReversal,
  },
  {
    name: "bollinger_breakout",
    description: "the close breaks out of its Bollinger bands, long only",
    document: bollingerBreakout,
  },
  {
    name: "liquidity_sweep",
    description: "a bar takes out the 20-bar extreme, then closes back: long and short",
    document: liquiditySweep,
  },
];
