import * as lib from "trading-signals";
import {
  type Candle,
  column,
  fields,
  type Options,
  type PlainBars,
  SEEDED,
  shelf,
  times,
} from "./peer.ts";

const { peers, add } = shelf("trading-signals");

interface Signal<Input, Result> {
  update(input: Input, replace: boolean): Result;
}

/** An indicator of closes. */
function ofCloses<Result>(
  indicator: string,
  create: () => Signal<number, Result>,
  at: (y: Result[], bar: number, bars: number) => readonly (number | undefined | null)[],
  options: Options = {},
): void {
  add(
    indicator,
    ({ close }: PlainBars) => {
      const signal = create();
      return close.map((price) => signal.update(price, false));
    },
    at,
    options,
  );
}

/** An indicator of bars, which are objects to it. */
function ofCandles<Result>(
  indicator: string,
  create: () => Signal<Candle, Result>,
  at: (y: Result[], bar: number, bars: number) => readonly (number | undefined | null)[],
  options: Options = {},
): void {
  add(
    indicator,
    ({ candles }: PlainBars) => {
      const signal = create();
      return candles.map((candle) => signal.update(candle, false));
    },
    at,
    options,
  );
}

const one = column as (
  y: unknown[],
  bar: number,
  bars: number,
) => readonly (number | undefined | null)[];
const objects = (...names: string[]) =>
  fields(...names) as (y: unknown[], bar: number, bars: number) => readonly (number | undefined)[];

ofCloses("sma", () => new lib.SMA(20), one);
ofCloses("ema", () => new lib.EMA(20), one, { dialect: "pandas" });
ofCloses("wma", () => new lib.WMA(20), one);
ofCloses("rma", () => new lib.WSMA(20), one);
ofCloses("hma", () => new lib.HMA(20), one);
ofCloses("dema", () => new lib.DEMA(20), one, SEEDED);
ofCloses("tema", () => new lib.TEMA(20), one, SEEDED);
ofCloses("kama", () => new lib.KAMA(20), one);
ofCloses("alma", () => new lib.ALMA(20, 0.85, 6), one);
ofCloses(
  "linreg",
  () => new lib.LinearRegression(20),
  (y: ({ prediction: number; slope: number } | null)[], bar) => [
    y[bar] === null ? null : y[bar].prediction - y[bar].slope,
  ],
  { note: "foresees the next bar: compared less the slope" },
);
ofCloses("rsi", () => new lib.RSI(14), one);
ofCloses("bollinger", () => new lib.BollingerBands(20, 2), objects("middle", "upper", "lower"));
ofCloses("bbw", () => new lib.BollingerBandsWidth(new lib.BollingerBands(20, 2)), times(100, one));
ofCloses("dev", () => new lib.MAD(20), one);
ofCloses("highest", () => new lib.Period(20), objects("highest"), {
  note: "Period, which gives lowest as well",
});
ofCloses("lowest", () => new lib.Period(20), objects("lowest"), {
  note: "Period, which gives highest as well",
});
ofCloses(
  "macd",
  () => new lib.MACD(new lib.EMA(12), new lib.EMA(26), new lib.EMA(9)),
  objects("macd", "signal", "histogram"),
  { ...SEEDED, dialect: "pandas" },
);
ofCloses("mom", () => new lib.MOM(20), one);
ofCloses("roc", () => new lib.ROC(20), times(100, one));
ofCloses("cmo", () => new lib.CMO(20), one);
ofCloses("tsi", () => new lib.TSI({ shortPeriod: 13, longPeriod: 25 }), times(0.01, one), SEEDED);
ofCandles("cci", () => new lib.CCI(20), one);
ofCandles("mfi", () => new lib.MFI(20), one, { from: 40, note: "starts later" });
ofCandles("wpr", () => new lib.WilliamsR(20), one);
ofCandles(
  "stoch",
  () => new lib.StochasticOscillator({ kPeriod: 20, kSlowingPeriod: 1, dPeriod: 3 }),
  objects("stochK"),
  { from: 40, note: "starts later; and its average" },
);
ofCandles("vwma", () => new lib.VWMA(20), one);
ofCandles("obv", () => new lib.OBV(2) as Signal<Candle, number | null>, one);
ofCandles("tr", () => new lib.TR(), one, { from: 1 });
ofCandles("atr", () => new lib.ATR(20), one);
ofCandles("aroon", () => new lib.Aroon(20), objects("aroonUp", "aroonDown"));
ofCandles("donchian", () => new lib.DonchianChannels(20), objects("middle", "upper", "lower"));
ofCandles(
  "supertrend",
  () => new lib.SuperTrend({ interval: 20, multiplier: 3 }),
  objects("supertrend"),
  { note: "compared in the line alone" },
);
ofCandles(
  "dmi",
  () => {
    const adx = new lib.ADX(20);
    return {
      update: (candle: Candle) => {
        const value = adx.update(candle, false);
        return { plus: 100 * (adx.pdi as number), minus: 100 * (adx.mdi as number), adx: value };
      },
    };
  },
  objects("plus", "minus", "adx"),
  SEEDED,
);

export const tradingSignalsPeers = peers;
