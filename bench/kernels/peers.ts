import { IndicatorsSync } from "@ixjb94/indicators";
import * as indicatorts from "indicatorts";
import * as technical from "technicalindicators";
import * as signals from "trading-signals";
import type { Dialect } from "../../src/vector/kernel.ts";

/** One library's function for one indicator. */
export interface Peer {
  readonly library: string;
  readonly indicator: string;
  /** Computes the whole series, as the library's documents show it. */
  readonly run: (prices: number[]) => unknown;
  /** The result's values on a bar, in the order of our outputs; empty where the library has none. */
  readonly at: (result: never, bar: number) => readonly (number | undefined)[];
  /** The convention that the library follows. */
  readonly dialect: Dialect;
  /** First bar compared, where it is not the first bar of both. */
  readonly from?: number;
  /** Largest difference, absolute or relative to the value. */
  readonly tolerance: number;
  readonly note?: string;
}

export const PERIOD = 20;
export const RSI_PERIOD = 14;
const N = PERIOD;
const R = RSI_PERIOD;

type Point = { middle: number; upper: number; lower: number } | null;
type Lines = { middle: number[]; upper: number[]; lower: number[] };

const whole = (y: number[], bar: number) => [y[bar]];
const after = (warmup: number) => (y: number[], bar: number) => [y[bar - warmup]];
const point = (p: Point | undefined) => [p?.middle, p?.upper, p?.lower];
const each =
  <T>(update: (price: number) => T) =>
  (prices: number[]) =>
    prices.map(update);

const CANCELS = "sums of squares cancel: compared to 1e-6 of the price";
const PARTIAL = "answers for partial windows first: compared from the full window on";

const ixjb94 = new IndicatorsSync();

export const peers: readonly Peer[] = [
  peer(
    "technicalindicators",
    "ema",
    (x) => technical.EMA.calculate({ period: N, values: x }),
    after(N - 1),
  ),
  peer(
    "technicalindicators",
    "sma",
    (x) => technical.SMA.calculate({ period: N, values: x }),
    after(N - 1),
  ),
  peer(
    "technicalindicators",
    "rsi",
    (x) => technical.RSI.calculate({ period: R, values: x }),
    after(R),
    {
      tolerance: 0.00501,
      note: "rounds to two decimals",
    },
  ),
  peer(
    "technicalindicators",
    "std_dev",
    (x) => technical.SD.calculate({ period: N, values: x }),
    after(N - 1),
  ),
  peer(
    "technicalindicators",
    "bollinger",
    (x) => technical.BollingerBands.calculate({ period: N, stdDev: 2, values: x }),
    (y: Point[], bar) => point(y[bar - N + 1]),
  ),
  peer(
    "technicalindicators",
    "highest",
    (x) => technical.Highest.calculate({ period: N, values: x }),
    after(N - 1),
  ),
  peer(
    "technicalindicators",
    "lowest",
    (x) => technical.Lowest.calculate({ period: N, values: x }),
    after(N - 1),
  ),

  peer(
    "trading-signals",
    "ema",
    (x) => {
      const ema = new signals.EMA(N);
      return each((price) => ema.update(price, false))(x);
    },
    whole,
    { dialect: "pandas" },
  ),
  peer(
    "trading-signals",
    "sma",
    (x) => {
      const sma = new signals.SMA(N);
      return each((price) => sma.update(price, false))(x);
    },
    whole,
  ),
  peer(
    "trading-signals",
    "rsi",
    (x) => {
      const rsi = new signals.RSI(R);
      return each((price) => rsi.update(price, false))(x);
    },
    whole,
  ),
  peer(
    "trading-signals",
    "bollinger",
    (x) => {
      const bands = new signals.BollingerBands(N, 2);
      return each((price) => bands.update(price, false))(x);
    },
    (y: Point[], bar) => point(y[bar]),
  ),
  peer(
    "trading-signals",
    "highest",
    (x) => {
      const period = new signals.Period(N);
      return each((price) => period.update(price, false)?.highest)(x);
    },
    whole,
    { note: "Period, which gives lowest as well" },
  ),
  peer(
    "trading-signals",
    "lowest",
    (x) => {
      const period = new signals.Period(N);
      return each((price) => period.update(price, false)?.lowest)(x);
    },
    whole,
    { note: "Period, which gives highest as well" },
  ),

  peer("indicatorts", "ema", (x) => indicatorts.ema(x, { period: N }), whole, {
    dialect: "pandas",
  }),
  peer("indicatorts", "sma", (x) => indicatorts.sma(x, { period: N }), whole, {
    from: N,
    note: PARTIAL,
  }),
  peer("indicatorts", "rsi", (x) => indicatorts.rsi(x, { period: R }), whole, {
    from: 1000,
    note: "seeds otherwise: compared from bar 1,000 on",
  }),
  peer("indicatorts", "std_dev", (x) => indicatorts.mstd(x, { period: N }), whole),
  peer(
    "indicatorts",
    "bollinger",
    (x) => indicatorts.bb(x, { period: N }),
    (y: Lines, bar) => [y.middle[bar], y.upper[bar], y.lower[bar]],
    { from: N, note: PARTIAL },
  ),
  peer("indicatorts", "highest", (x) => indicatorts.mmax(x, { period: N }), whole, {
    from: N,
    note: PARTIAL,
  }),
  peer("indicatorts", "lowest", (x) => indicatorts.mmin(x, { period: N }), whole, {
    from: N,
    note: PARTIAL,
  }),

  peer("@ixjb94/indicators", "ema", (x) => ixjb94.ema(x, N), whole, { dialect: "pandas" }),
  peer("@ixjb94/indicators", "sma", (x) => ixjb94.sma(x, N), after(N - 1), {
    note: "a sliding sum, which drifts",
  }),
  peer("@ixjb94/indicators", "rsi", (x) => ixjb94.rsi(x, R), after(R)),
  peer("@ixjb94/indicators", "std_dev", (x) => ixjb94.stddev(x, N), after(N - 1), {
    tolerance: 1e-4,
    note: CANCELS,
  }),
  peer(
    "@ixjb94/indicators",
    "bollinger",
    (x) => ixjb94.bbands(x, N, 2),
    ([lower, middle, upper]: number[][], bar) =>
      [middle, upper, lower].map((line) => line[bar - N + 1]),
    { tolerance: 1e-6, note: CANCELS },
  ),
  peer("@ixjb94/indicators", "highest", (x) => ixjb94.max(x, N), after(N - 1)),
  peer("@ixjb94/indicators", "lowest", (x) => ixjb94.min(x, N), after(N - 1)),
];

function peer<Result>(
  library: string,
  indicator: string,
  run: (prices: number[]) => Result,
  at: (result: never, bar: number) => readonly (number | undefined)[],
  more: Partial<Peer> = {},
): Peer {
  return { library, indicator, run, at, dialect: "tv", tolerance: 1e-9, ...more };
}
