import * as lib from "indicatorts";
import { column, columns, SEEDED, shelf } from "./peer.ts";

const { peers, add } = shelf("indicatorts");
const PARTIAL = {
  from: 20,
  note: "answers for partial windows first: compared from the full window on",
};

add("sma", ({ close }) => lib.sma(close, { period: 20 }), column, PARTIAL);
add("ema", ({ close }) => lib.ema(close, { period: 20 }), column, { dialect: "pandas" });
add("rma", ({ close }) => lib.rma(close, { period: 20 }), column);
add("dema", ({ close }) => lib.dema(close, { period: 20 }), column, {
  ...SEEDED,
});
add("tema", ({ close }) => lib.tema(close, { period: 20 }), column, {
  ...SEEDED,
});
add("sum", ({ close }) => lib.msum(close, { period: 20 }), column, PARTIAL);
add("vwma", ({ close, volume }) => lib.vwma(close, volume, { period: 20 }), column, PARTIAL);
add("rsi", ({ close }) => lib.rsi(close, { period: 14 }), column, {
  ...SEEDED,
});
add("std_dev", ({ close }) => lib.mstd(close, { period: 20 }), column);
add(
  "bollinger",
  ({ close }) => lib.bb(close, { period: 20 }),
  columns("middle", "upper", "lower"),
  PARTIAL,
);
add("highest", ({ close }) => lib.mmax(close, { period: 20 }), column, PARTIAL);
add("lowest", ({ close }) => lib.mmin(close, { period: 20 }), column, PARTIAL);
add("macd", ({ close }) => lib.macd(close), columns("macdLine", "signalLine"), {
  dialect: "pandas",
  note: "without the histogram",
});
add("roc", ({ close }) => lib.roc(close, { period: 20 }), column);
add(
  "stoch",
  ({ high, low, close }) => lib.stoch(high, low, close, { kPeriod: 20, dPeriod: 3 }),
  columns("k"),
  { ...PARTIAL, note: `${PARTIAL.note}; and its average` },
);
add("wpr", ({ high, low, close }) => lib.willr(high, low, close, { period: 20 }), column, PARTIAL);
add("obv", ({ close, volume }) => lib.obv(close, volume), column);
add("tr", ({ high, low, close }) => lib.tr(high, low, close), column, { from: 1 });

export const indicatortsPeers = peers;
