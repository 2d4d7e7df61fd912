import type { Dialect } from "../../../src/vector/kernel.ts";
import { type Peer, SEEDED } from "./peer.ts";

/** What TA-Lib has for one of our indicators. */
export interface TalibPeer extends Pick<Peer, "indicator" | "from" | "tolerance"> {
  /** Functions that together give our outputs. */
  readonly calls: readonly TalibCall[];
  readonly dialect: Dialect;
  /** Our outputs on a bar from theirs, where they are not the same. */
  readonly at: (theirs: readonly Float64Array[], bar: number) => readonly number[];
  readonly params?: readonly number[];
  readonly note?: string;
}

export interface TalibCall {
  readonly run: string;
  readonly inputs: readonly string[];
  readonly params: readonly number[];
}

type More = Partial<Omit<TalibPeer, "indicator" | "calls">>;

const call = (run: string, inputs: string, ...params: number[]): TalibCall => ({
  run,
  inputs: inputs.split(" "),
  params,
});

function peer(indicator: string, calls: TalibCall | readonly TalibCall[], more: More = {}) {
  return {
    indicator,
    calls: [calls].flat() as TalibCall[],
    dialect: "talib",
    from: 0,
    tolerance: 1e-9,
    at: (theirs: readonly Float64Array[], bar: number) => theirs.map((column) => column[bar]),
    ...more,
  } as const satisfies TalibPeer;
}

/** A sliding sum without compensation, which drifts. */
const SLIDING = { tolerance: 1e-7, note: "a sliding sum, which drifts: compared to 1e-7" };

export const talibPeers: readonly TalibPeer[] = [
  peer("aroon", call("AROON", "high low", 20), { at: ([down, up], bar) => [up[bar], down[bar]] }),
  peer("atr", call("ATR", "high low close", 20)),
  peer("bollinger", call("BBANDS", "close", 20, 2, 2), {
    ...SLIDING,
    at: ([upper, middle, lower], bar) => [middle[bar], upper[bar], lower[bar]],
  }),
  peer("cci", call("CCI", "high low close", 20)),
  peer("change", call("MOM", "close", 20)),
  peer("dema", call("DEMA", "close", 20)),
  peer(
    "dmi",
    [
      call("PLUS_DI", "high low close", 20),
      call("MINUS_DI", "high low close", 20),
      call("ADX", "high low close", 20),
    ],
    { ...SEEDED, note: `three functions; ${SEEDED.note}` },
  ),
  peer("donchian", [call("MAX", "high", 20), call("MIN", "low", 20)], {
    at: ([top, bottom], bar) => [(top[bar] + bottom[bar]) / 2, top[bar], bottom[bar]],
    note: "two functions, without the middle",
  }),
  peer("ema", call("EMA", "close", 20)),
  peer("highest", call("MAX", "close", 20)),
  peer("kama", call("KAMA", "close", 20)),
  peer("linreg", call("LINEARREG", "close", 20)),
  peer("lowest", call("MIN", "close", 20)),
  peer("macd", call("MACD", "close", 12, 26, 9)),
  peer("mfi", call("MFI", "high low close volume", 20), { ...SLIDING, from: 20 }),
  peer("mom", call("MOM", "close", 20)),
  peer("obv", call("OBV", "close volume"), {
    at: ([obv], bar) => [obv[bar] - obv[0]],
    note: "starts with the first volume, ours with 0",
  }),
  peer("range", [call("MAX", "close", 20), call("MIN", "close", 20)], {
    at: ([top, bottom], bar) => [top[bar] - bottom[bar]],
    note: "two functions, without the difference",
  }),
  peer("roc", call("ROC", "close", 20)),
  peer("rsi", call("RSI", "close", 14)),
  peer("sma", call("SMA", "close", 20)),
  peer("std_dev", call("STDDEV", "close", 20, 1), SLIDING),
  peer("stoch", call("STOCHF", "high low close", 20, 1), { at: ([k], bar) => [k[bar]] }),
  peer("sum", call("SUM", "close", 20), SLIDING),
  peer("tema", call("TEMA", "close", 20)),
  peer("tr", call("TRANGE", "high low close"), { from: 1 }),
  peer("variance", call("VAR", "close", 20), SLIDING),
  peer("wma", call("WMA", "close", 20)),
  peer("wpr", call("WILLR", "high low close", 20)),
];
