import { IndicatorsSync } from "@ixjb94/indicators";
import { column, SEEDED, shelf, times } from "./peer.ts";

const { peers, add } = shelf("@ixjb94/indicators");
const lib = new IndicatorsSync();

/** Lines of an array of lines, in the order of our outputs. */
const lines =
  (...order: readonly number[]) =>
  (y: number[][], bar: number, bars: number) =>
    order.map((k) => column(y[k], bar, bars)[0]);

add("sma", ({ close }) => lib.sma(close, 20), column, { note: "a sliding sum, which drifts" });
add("ema", ({ close }) => lib.ema(close, 20), column, { dialect: "pandas" });
add("wma", ({ close }) => lib.wma(close, 20), column);
add("rma", ({ close }) => lib.wilders(close, 20), column);
add("hma", ({ close }) => lib.hma(close, 20), column);
add("dema", ({ close }) => lib.dema(close, 20), column, SEEDED);
add("tema", ({ close }) => lib.tema(close, 20), column, SEEDED);
add("kama", ({ close }) => lib.kama(close, 20), column);
add("linreg", ({ close }) => lib.linreg(close, 20), column);
add("alma", ({ close }) => lib.alma(close, 20, 0.85, 6), column, {
  params: [20, 16 / 19, 6],
  note: "rounds the center down: compared with it there",
});
add("vwma", ({ close, volume }) => lib.vwma(close, volume, 20), column);
add("sum", ({ close }) => lib.sum(close, 20), column);
add("rsi", ({ close }) => lib.rsi(close, 14), column);
add("std_dev", ({ close }) => lib.stddev(close, 20), column, {
  tolerance: 1e-4,
  note: "sums of squares cancel: compared to 1e-4",
});
add("variance", ({ close }) => lib.var(close, 20), column, {
  tolerance: 1e-6,
  note: "sums of squares cancel: compared to 1e-6",
});
add("dev", ({ close }) => lib.md(close, 20), column);
add("bollinger", ({ close }) => lib.bbands(close, 20, 2), lines(1, 2, 0), {
  tolerance: 1e-6,
  note: "sums of squares cancel: compared to 1e-6",
});
add("highest", ({ close }) => lib.max(close, 20), column);
add("lowest", ({ close }) => lib.min(close, 20), column);
add("macd", ({ close }) => lib.macd(close, 12, 26, 9), lines(0, 1, 2), SEEDED);
add("cci", ({ high, low, close }) => lib.cci(high, low, close, 20), column, {
  from: 60,
  note: "starts later",
});
add("mom", ({ close }) => lib.mom(close, 20), column);
add("roc", ({ close }) => lib.roc(close, 20), times(100, column));
add("cmo", ({ close }) => lib.cmo(close, 20), column);
add("tsi", ({ close }) => lib.tsi(close, 25, 13), times(0.01, column), SEEDED);
add("stoch", ({ high, low, close }) => lib.stoch(high, low, close, 20, 1, 3), lines(0), {
  from: 40,
  note: "starts later; and its average",
});
add("wpr", ({ high, low, close }) => lib.willr(high, low, close, 20), column);
add("mfi", ({ high, low, close, volume }) => lib.mfi(high, low, close, volume, 20), column, {
  from: 40,
  note: "starts later",
});
add("obv", ({ close, volume }) => lib.obv(close, volume), column);
add("tr", ({ high, low, close }) => lib.tr(high, low, close), column);
add("atr", ({ high, low, close }) => lib.atr(high, low, close, 20), column);
add("aroon", ({ high, low }) => lib.aroon(high, low, 20), lines(1, 0));
add("donchian", ({ high, low }) => lib.dc(high, low, 20), lines(1, 0, 2));
add("kc", ({ high, low, close }) => lib.kc(high, low, close, 20, 2), lines(1, 2, 0), SEEDED);
add("dmi", ({ high, low, close }) => lib.di(high, low, close, 20), lines(0, 1), {
  from: 1000,
  note: `${SEEDED.note}; without adx`,
});

export const ixjb94Peers = peers;
