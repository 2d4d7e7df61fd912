import fc from "fast-check";
import type { Dialect, Kernel } from "../../src/vector/kernel.ts";
import { type Case, cases, seriesOf } from "./cases.ts";
import * as plain from "./transcriptions.ts";

/** That an indicator in a dialect computes what a plain formula computes. */
export interface Claim {
  readonly indicator: string;
  readonly dialect: Dialect;
  readonly formula: string;
  /** Whether it holds over missing values too. */
  readonly gaps: boolean;
  readonly expected: (x: plain.Series, period: number) => number[][];
  /** Largest allowed difference, relative to the value and to the largest price: [of value, of price]. */
  readonly tolerance: readonly [number, number];
  /** Parameters after the period. */
  readonly more?: readonly number[];
}

const EXACT = [0, 0] as const;
const SUMS = [1e-12, 1e-12] as const;
const CLOSE = [1e-9, 1e-10] as const;
// backtrader's mean(x²) - mean(x)² loses half of the digits where the deviation is small beside the price.
const CANCELS = [1e-5, 5e-8] as const;

const one =
  (f: (x: plain.Series, n: number) => number[]) =>
  (x: plain.Series, n: number): number[][] => [f(x, n)];

function claim(
  indicator: string,
  dialect: Dialect,
  formula: string,
  gaps: boolean,
  tolerance: readonly [number, number],
  f: (x: plain.Series, n: number) => number[],
): Claim {
  return { indicator, dialect, formula, gaps, tolerance, expected: one(f) };
}

const skip = (f: (w: plain.Series) => number) => (x: plain.Series, n: number) =>
  plain.overDefined(x, n, f);

export const claims: readonly Claim[] = [
  claim("ema", "pandas", "ewm(span, adjust=False)", true, SUMS, plain.pandasEwm),
  claim("ema", "vectorbt", "ewm(span, min_periods)", true, SUMS, plain.vectorbtEwm),
  claim("ema", "backtrader", "backtrader EMA", true, SUMS, plain.backtraderEma),
  claim("ema", "tv", "backtrader EMA", false, SUMS, plain.backtraderEma),
  claim("ema", "tv", "EMA of defined values", true, SUMS, plain.tradingviewEma),
  claim("sma", "pandas", "rolling(n).mean", true, SUMS, plain.pandasMean),
  claim("sma", "tv", "mean of n defined values", true, SUMS, skip(plain.windowMean)),
  claim("rsi", "backtrader", "backtrader RSI", true, CLOSE, plain.backtraderRsi),
  claim("rsi", "tv", "Wilder RSI of defined changes", true, CLOSE, plain.tradingviewRsi),
  claim("rsi", "pandas", "RSI of ewm(alpha=1/n)", true, CLOSE, plain.pandasRsi),
  claim("rsi", "vectorbt", "RSI of plain means", true, CLOSE, plain.vectorbtRsi),
  claim("std_dev", "vectorbt", "rolling(n).std(ddof=0)", true, CLOSE, (x, n) =>
    plain.pandasStd(x, n, 0),
  ),
  claim("std_dev", "tv", "rolling(n).std(ddof=0)", false, CLOSE, (x, n) =>
    plain.pandasStd(x, n, 0),
  ),
  claim("std_dev", "tv", "std of n defined values", true, CLOSE, skip(plain.windowStd)),
  claim("std_dev", "pandas", "rolling(n).std(ddof=1)", true, CLOSE, (x, n) =>
    plain.pandasStd(x, n, 1),
  ),
  claim("std_dev", "backtrader", "backtrader StdDev", true, CANCELS, plain.backtraderStd),
  claim("highest", "pandas", "rolling(n).max", true, EXACT, plain.pandasMax),
  claim("highest", "backtrader", "backtrader Highest", true, EXACT, plain.backtraderHighest),
  claim("highest", "tv", "max of n defined values", true, EXACT, skip(plain.windowMax)),
  claim("lowest", "pandas", "rolling(n).min", true, EXACT, plain.pandasMin),
  claim("lowest", "backtrader", "backtrader Lowest", true, EXACT, plain.backtraderLowest),
  claim("lowest", "tv", "min of n defined values", true, EXACT, skip(plain.windowMin)),
  {
    indicator: "bollinger",
    dialect: "backtrader",
    formula: "backtrader BollingerBands",
    gaps: true,
    tolerance: CANCELS,
    expected: (x, n) => plain.backtraderBollinger(x, n, 2),
    more: [2],
  },
  {
    indicator: "bollinger",
    dialect: "tv",
    formula: "rolling mean ± k·std(ddof=0)",
    gaps: false,
    tolerance: CLOSE,
    expected: (x, n) => {
      const mid = plain.pandasMean(x, n);
      const std = plain.pandasStd(x, n, 0);
      return [mid, mid.map((m, i) => m + 1.5 * std[i]), mid.map((m, i) => m - 1.5 * std[i])];
    },
    more: [1.5],
  },
];

/** Runs random cases against a claim; the result says whether it failed and on which smallest case. */
export function tryClaim(
  { gaps, expected, tolerance, more = [] }: Claim,
  kernel: Kernel,
  settings: { seed: number; numRuns: number },
): fc.RunDetails<[Case]> {
  const property = fc.property(cases(gaps), (c) => {
    const series = seriesOf(c);
    const wanted = expected(series, c.period);
    const outputs = wanted.map(() => new Float64Array(series.length));
    kernel([Float64Array.from(series)], [c.period, ...more], outputs);
    wanted.forEach((column, k) => {
      compare(column, outputs[k], tolerance, series);
    });
  });
  return fc.check(property, settings);
}

function compare(
  wanted: readonly number[],
  found: Float64Array,
  [ofValue, ofPrice]: readonly [number, number],
  series: readonly number[],
): void {
  const largest = Math.max(0, ...series.filter((v) => !Number.isNaN(v)).map(Math.abs));
  for (let i = 0; i < wanted.length; i++) {
    const agree =
      Object.is(wanted[i], found[i]) ||
      Math.abs(wanted[i] - found[i]) <= ofValue * Math.abs(wanted[i]) + ofPrice * largest;
    if (!agree) throw new Error(`bar ${i}: ${found[i]} instead of ${wanted[i]}`);
  }
}
