import { bollinger, ema, highest, lowest, rsi, sma, stdDev } from "../../src/indicators/batch.ts";
import type { Dialect } from "../../src/vector/kernel.ts";
import * as plain from "../kernels/transcriptions.ts";
import * as judge from "./judges.ts";
import type { Ask } from "./oracle.ts";
import * as rounding from "./rounding.ts";

/**
 * What of a series a library is asked: `any`: all of it, with gaps; `trimmed`: gaps, but from the first value on,
 * where backtrader's lines start; `dense`: no gaps after the first value; `defined`: the values alone, without gaps.
 */
export type Part = "any" | "trimmed" | "dense" | "dense, trimmed" | "defined";

export type Subject = (x: Float64Array, period: number) => readonly ArrayLike<number>[];

/** That subjects of ours answer what a library answers. */
export interface Claim {
  readonly library: Ask["library"];
  readonly indicator: string;
  readonly part: Part;
  readonly judge: judge.Judge;
  readonly subjects: Readonly<Record<string, Subject>>;
  /** Parameters after the period. */
  readonly more?: readonly number[];
  /** Shortest period that the library takes. */
  readonly from?: number;
  /** A period at which the library is known to be wrong over gaps. */
  readonly notOverGaps?: number;
}

type Kernel = (x: Float64Array, options: { period: number; dialect: Dialect }) => Float64Array;

function kernels(name: string, kernel: Kernel, ...dialects: Dialect[]): Record<string, Subject> {
  return Object.fromEntries(
    dialects.map((dialect) => [
      `${name} in ${dialect}`,
      (x: Float64Array, period: number) => [kernel(x, { period, dialect })],
    ]),
  );
}

function bandsOf(k: number, ...dialects: Dialect[]): Record<string, Subject> {
  const subject = (dialect: Dialect) => (x: Float64Array, period: number) => {
    const { middle, upper, lower } = bollinger(x, { period, numStdDev: k, dialect });
    return [middle, upper, lower];
  };
  return Object.fromEntries(
    dialects.map((dialect) => [`bollinger in ${dialect}`, subject(dialect)]),
  );
}

const written = (
  name: string,
  f: (x: readonly number[], n: number) => number[],
): Record<string, Subject> => ({ [`transcription ${name}`]: (x, n) => [f(Array.from(x), n)] });

const TALIB_FLOOR = 1e-14;

const backtrader: readonly Omit<Claim, "library">[] = [
  {
    indicator: "ema",
    part: "trimmed",
    judge: judge.closeTo(rounding.recursive),
    subjects: {
      ...kernels("ema", ema, "backtrader"),
      ...written("backtraderEma", plain.backtraderEma),
    },
  },
  {
    indicator: "ema",
    part: "defined",
    judge: judge.closeTo(rounding.recursive),
    subjects: { ...kernels("ema", ema, "tv"), ...written("tradingviewEma", plain.tradingviewEma) },
  },
  {
    indicator: "sma",
    part: "any",
    judge: judge.closeTo(rounding.none),
    subjects: { ...kernels("sma", sma, "backtrader"), ...written("pandasMean", plain.pandasMean) },
  },
  {
    indicator: "sma",
    part: "defined",
    judge: judge.closeTo(rounding.none),
    subjects: kernels("sma", sma, "tv"),
  },
  {
    indicator: "rsi",
    part: "trimmed",
    judge: judge.strength,
    subjects: {
      ...kernels("rsi", rsi, "backtrader"),
      ...written("backtraderRsi", plain.backtraderRsi),
    },
  },
  {
    indicator: "std_dev",
    part: "any",
    judge: judge.deviation(rounding.squaresRoundedOnce),
    subjects: {
      ...kernels("std_dev", stdDev, "backtrader"),
      ...written("backtraderStd", plain.backtraderStd),
    },
  },
  {
    indicator: "bollinger",
    part: "any",
    more: [2.5],
    judge: judge.bands(2.5, rounding.none, rounding.squaresRoundedOnce),
    subjects: {
      ...bandsOf(2.5, "backtrader"),
      "transcription backtraderBollinger": (x, n) =>
        plain.backtraderBollinger(Array.from(x), n, 2.5),
    },
  },
  {
    indicator: "bollinger",
    part: "defined",
    more: [2],
    judge: judge.bands(2, rounding.none, rounding.squaresRoundedOnce),
    subjects: bandsOf(2, "tv"),
  },
  // Over na Python's max and min answer by the order of the values.
  {
    indicator: "highest",
    part: "dense, trimmed",
    judge: judge.exact,
    subjects: {
      ...kernels("highest", highest, "backtrader"),
      ...written("backtraderHighest", plain.backtraderHighest),
    },
  },
  {
    indicator: "lowest",
    part: "dense, trimmed",
    judge: judge.exact,
    subjects: {
      ...kernels("lowest", lowest, "backtrader"),
      ...written("backtraderLowest", plain.backtraderLowest),
    },
  },
];

const talib: readonly Omit<Claim, "library">[] = [
  {
    indicator: "ema",
    part: "dense",
    from: 2,
    judge: judge.closeTo(rounding.recursive),
    subjects: kernels("ema", ema, "talib", "tv"),
  },
  {
    indicator: "sma",
    part: "dense",
    from: 2,
    judge: judge.closeTo(rounding.runningSum),
    subjects: kernels("sma", sma, "talib", "tv"),
  },
  {
    indicator: "rsi",
    part: "dense",
    from: 2,
    judge: judge.talibStrength,
    subjects: kernels("rsi", rsi, "talib"),
  },
  {
    indicator: "std_dev",
    part: "dense",
    from: 2,
    judge: judge.deviation(rounding.runningSquares, TALIB_FLOOR),
    subjects: kernels("std_dev", stdDev, "talib", "tv"),
  },
  {
    indicator: "bollinger",
    part: "dense",
    from: 2,
    more: [2],
    judge: judge.bands(2, rounding.runningSum, rounding.runningSquares, TALIB_FLOOR),
    subjects: bandsOf(2, "talib"),
  },
  {
    indicator: "highest",
    part: "dense",
    from: 2,
    judge: judge.exact,
    subjects: kernels("highest", highest, "talib", "tv"),
  },
  {
    indicator: "lowest",
    part: "dense",
    from: 2,
    judge: judge.exact,
    subjects: kernels("lowest", lowest, "talib", "tv"),
  },
];

// pandas 3.0 and 3.1 take a wrong weight after na where alpha is 1/2: pandas-dev/pandas#66523.
const pandas: readonly Omit<Claim, "library">[] = [
  {
    indicator: "ema",
    part: "any",
    notOverGaps: 3,
    judge: judge.closeTo(rounding.recursive),
    subjects: { ...kernels("ema", ema, "pandas"), ...written("pandasEwm", plain.pandasEwm) },
  },
  {
    indicator: "ewm_alpha",
    part: "any",
    more: [0.3, 4],
    judge: judge.closeTo(rounding.recursive),
    subjects: written("pandasEwmAlpha", (x) => plain.pandasEwmAlpha(x, 0.3, 4)),
  },
  {
    indicator: "sma",
    part: "any",
    judge: judge.closeTo(rounding.compensatedSum),
    subjects: { ...kernels("sma", sma, "pandas"), ...written("pandasMean", plain.pandasMean) },
  },
  {
    indicator: "rsi",
    part: "any",
    notOverGaps: 2,
    judge: judge.strength,
    subjects: { ...kernels("rsi", rsi, "pandas"), ...written("pandasRsi", plain.pandasRsi) },
  },
  {
    indicator: "std_dev",
    part: "any",
    judge: judge.deviation(rounding.welford),
    subjects: {
      ...kernels("std_dev", stdDev, "pandas"),
      ...written("pandasStd", (x, n) => plain.pandasStd(x, n, 1)),
    },
  },
  {
    indicator: "std_dev_0",
    part: "any",
    judge: judge.deviation(rounding.welford),
    subjects: written("pandasStd, ddof 0", (x, n) => plain.pandasStd(x, n, 0)),
  },
  {
    indicator: "highest",
    part: "any",
    judge: judge.exact,
    subjects: {
      ...kernels("highest", highest, "pandas"),
      ...written("pandasMax", plain.pandasMax),
    },
  },
  {
    indicator: "lowest",
    part: "any",
    judge: judge.exact,
    subjects: { ...kernels("lowest", lowest, "pandas"), ...written("pandasMin", plain.pandasMin) },
  },
];

const vectorbt: readonly Omit<Claim, "library">[] = [
  {
    indicator: "ema",
    part: "any",
    judge: judge.closeTo(rounding.recursive),
    subjects: { ...kernels("ema", ema, "vectorbt"), ...written("vectorbtEwm", plain.vectorbtEwm) },
  },
  {
    indicator: "sma",
    part: "any",
    judge: judge.closeTo(rounding.cumulativeSum),
    subjects: kernels("sma", sma, "vectorbt"),
  },
  {
    indicator: "rsi",
    part: "any",
    judge: judge.cumulativeStrength(rounding.cumulativeSum),
    subjects: { ...kernels("rsi", rsi, "vectorbt"), ...written("vectorbtRsi", plain.vectorbtRsi) },
  },
  {
    indicator: "std_dev",
    part: "any",
    judge: judge.deviation(rounding.cumulativeSquares),
    subjects: kernels("std_dev", stdDev, "vectorbt"),
  },
  {
    indicator: "bollinger",
    part: "any",
    more: [2],
    judge: judge.bands(2, rounding.cumulativeSum, rounding.cumulativeSquares),
    subjects: bandsOf(2, "vectorbt"),
  },
  {
    indicator: "highest",
    part: "any",
    judge: judge.exact,
    subjects: kernels("highest", highest, "vectorbt"),
  },
  {
    indicator: "lowest",
    part: "any",
    judge: judge.exact,
    subjects: kernels("lowest", lowest, "vectorbt"),
  },
];

// The deviation as the formula has it, which no running form comes as close to.
const numpy: readonly Omit<Claim, "library">[] = [
  {
    indicator: "std_dev_0",
    part: "any",
    judge: judge.deviation(rounding.twoPasses),
    subjects: {
      ...kernels("std_dev", stdDev, "vectorbt", "backtrader"),
      ...written("pandasStd, ddof 0", (x, n) => plain.pandasStd(x, n, 0)),
    },
  },
  {
    indicator: "std_dev_0",
    part: "defined",
    judge: judge.deviation(rounding.twoPasses),
    subjects: kernels("std_dev", stdDev, "tv"),
  },
  {
    indicator: "std_dev",
    part: "any",
    judge: judge.deviation(rounding.twoPasses),
    subjects: kernels("std_dev", stdDev, "pandas"),
  },
];

export const claims: Readonly<Record<string, readonly Omit<Claim, "library">[]>> = {
  backtrader,
  talib,
  pandas,
  vectorbt,
  numpy,
};
