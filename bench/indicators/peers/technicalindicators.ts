import * as lib from "technicalindicators";
import { column, fields, SEEDED, shelf } from "./peer.ts";

const { peers, add } = shelf("technicalindicators");
const TWO_DECIMALS = { tolerance: 0.00501, note: "rounds to two decimals" };

add("sma", ({ close }) => lib.SMA.calculate({ period: 20, values: close }), column);
add("ema", ({ close }) => lib.EMA.calculate({ period: 20, values: close }), column);
add("wma", ({ close }) => lib.WMA.calculate({ period: 20, values: close }), column);
add("rma", ({ close }) => lib.WEMA.calculate({ period: 20, values: close }), column);
add("sum", ({ close }) => lib.sum({ period: 20, values: close }), column);
add("rsi", ({ close }) => lib.RSI.calculate({ period: 14, values: close }), column, TWO_DECIMALS);
add("std_dev", ({ close }) => lib.SD.calculate({ period: 20, values: close }), column);
add(
  "bollinger",
  ({ close }) => lib.BollingerBands.calculate({ period: 20, stdDev: 2, values: close }),
  fields("middle", "upper", "lower"),
);
add("highest", ({ close }) => lib.Highest.calculate({ period: 20, values: close }), column);
add("lowest", ({ close }) => lib.Lowest.calculate({ period: 20, values: close }), column);
add(
  "macd",
  ({ close }) =>
    lib.MACD.calculate({
      values: close,
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    }),
  fields("MACD", "signal", "histogram"),
);
add("cci", ({ high, low, close }) => lib.CCI.calculate({ period: 20, high, low, close }), column);
add("roc", ({ close }) => lib.ROC.calculate({ period: 20, values: close }), column);
add(
  "stoch",
  ({ high, low, close }) =>
    lib.Stochastic.calculate({ period: 20, signalPeriod: 3, high, low, close }),
  fields("k"),
  { note: "and its average" },
);
add(
  "stochrsi",
  ({ close }) =>
    lib.StochasticRSI.calculate({
      values: close,
      rsiPeriod: 14,
      stochasticPeriod: 14,
      kPeriod: 3,
      dPeriod: 3,
    }),
  fields("k", "d"),
  { from: 100, tolerance: 0.05, note: "of the rounded RSI; starts later" },
);
add(
  "wpr",
  ({ high, low, close }) => lib.WilliamsR.calculate({ period: 20, high, low, close }),
  column,
);
add(
  "mfi",
  ({ high, low, close, volume }) => lib.MFI.calculate({ period: 20, high, low, close, volume }),
  column,
  { from: 40, tolerance: 0.00501, note: "rounds to two decimals; starts later" },
);
add("obv", ({ close, volume }) => lib.OBV.calculate({ close, volume }), column);
add("tr", ({ high, low, close }) => lib.TrueRange.calculate({ high, low, close }), column, {
  from: 1,
});
add("atr", ({ high, low, close }) => lib.ATR.calculate({ period: 20, high, low, close }), column, {
  dialect: "talib",
});
add(
  "dmi",
  ({ high, low, close }) => lib.ADX.calculate({ period: 20, high, low, close }),
  fields("pdi", "mdi", "adx"),
  SEEDED,
);

export const technicalindicatorsPeers = peers;
