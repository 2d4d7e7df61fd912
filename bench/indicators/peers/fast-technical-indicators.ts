import { createRequire } from "node:module";
import { column, fields, SEEDED, shelf } from "./peer.ts";

// Its ES module does not load in Node 20: its package says that .js is CommonJS.
const lib: typeof import("fast-technical-indicators") = createRequire(import.meta.url)(
  "fast-technical-indicators",
);
const { peers, add } = shelf("fast-technical-indicators");

add("sma", ({ close }) => lib.sma({ period: 20, values: close }), column);
add("ema", ({ close }) => lib.ema({ period: 20, values: close }), column);
add("wma", ({ close }) => lib.wma({ period: 20, values: close }), column);
add("rma", ({ close }) => lib.wema({ period: 20, values: close }), column);
add("sum", ({ close }) => lib.sum({ period: 20, values: close }), column);
add("rsi", ({ close }) => lib.rsi({ period: 14, values: close }), column, {
  tolerance: 0.00501,
  note: "rounds to two decimals",
});
add("std_dev", ({ close }) => lib.sd({ period: 20, values: close }), column);
add(
  "bollinger",
  ({ close }) => lib.bollingerbands({ period: 20, stdDev: 2, values: close }),
  fields("middle", "upper", "lower"),
);
add("highest", ({ close }) => lib.highest({ period: 20, values: close }), column);
add("lowest", ({ close }) => lib.lowest({ period: 20, values: close }), column);
add(
  "macd",
  ({ close }) =>
    lib.macd({
      values: close,
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    }),
  fields("MACD", "signal", "histogram"),
);
add("cci", ({ high, low, close }) => lib.cci({ period: 20, high, low, close }), column);
add("roc", ({ close }) => lib.roc({ period: 20, values: close }), column);
add(
  "stoch",
  ({ high, low, close }) => lib.stochastic({ period: 20, signalPeriod: 3, high, low, close }),
  fields("k"),
  { note: "and its average" },
);
add(
  "stochrsi",
  ({ close }) =>
    lib.stochasticrsi({
      values: close,
      rsiPeriod: 14,
      stochasticPeriod: 14,
      kPeriod: 3,
      dPeriod: 3,
    }),
  fields("k", "d"),
  { from: 100, tolerance: 0.05, note: "of the rounded RSI; starts later" },
);
add("wpr", ({ high, low, close }) => lib.williamsr({ period: 20, high, low, close }), column);
add(
  "mfi",
  ({ high, low, close, volume }) => lib.mfi({ period: 20, high, low, close, volume }),
  column,
  { from: 40, tolerance: 0.00501, note: "rounds to two decimals; starts later" },
);
add("obv", ({ close, volume }) => lib.obv({ close, volume }), column);
add("tr", ({ high, low, close }) => lib.truerange({ high, low, close }), column, { from: 1 });
add("atr", ({ high, low, close }) => lib.atr({ period: 20, high, low, close }), column, {
  dialect: "talib",
});
add(
  "dmi",
  ({ high, low, close }) => lib.dmi({ period: 20, adxSmoothing: 20, high, low, close }),
  fields("pdi", "mdi", "adx"),
  SEEDED,
);
add(
  "donchian",
  ({ high, low }) => lib.donchianchannels({ period: 20, high, low }),
  fields("middle", "upper", "lower"),
);
add(
  "supertrend",
  ({ high, low, close }) => lib.supertrend({ period: 20, multiplier: 3, high, low, close }),
  (y: { supertrend?: number; direction?: number }[], bar, bars) => {
    const found = y[bar - bars + y.length];
    return [found?.supertrend, found?.direction === undefined ? undefined : -found.direction];
  },
  SEEDED,
);
add(
  "linreg",
  ({ close }) => lib.linearregression({ period: 20, values: close }),
  (y: { forecast?: number; slope?: number }[], bar, bars) => {
    const found = y[bar - bars + y.length];
    return [found === undefined ? undefined : found.forecast! - found.slope!];
  },
  { note: "foresees the next bar: compared less the slope" },
);

export const fastTechnicalIndicatorsPeers = peers;
