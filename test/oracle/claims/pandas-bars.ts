import type { Column } from "../bar-series.ts";
import * as rounding from "../rounding.ts";
import { type Allowance, type BarClaim, none, ofPrice } from "./bar-claim.ts";

function claim(
  library: "pandas" | "vectorbt" | "backtrader",
  indicator: string,
  reads: string,
  allowance: Allowance,
  more: Partial<BarClaim> = {},
): BarClaim {
  const columns = reads.split(" ") as Column[];
  return {
    library,
    ask: indicator,
    reads: columns,
    theirs: (n) => [n],
    indicator,
    dialect: library,
    sources: columns,
    params: (n) => [n],
    order: [0],
    allowance,
    gaps: false,
    from: 1,
    ...more,
  };
}

const average = ofPrice((n) => 32 * (n + 4), "high");
const sums = ofPrice((n) => 32 * n);

const welford: Allowance = ({ close }, n) => {
  const error = rounding.welford(close, n);
  return (i) => (n * error[i]) / Math.max(1, n - 1);
};

/** A share that is exact in numpy's quantiles too. */
const percentile = (n: number) => [n, 37.5];
const PERCENTILE = { theirs: percentile, params: percentile };

const macd = (n: number) => [n, n + 7, 5];

/**
 * The averages in the form of each library, over gaps too, and what pandas' rolling windows have, over values alone: na in
 * a window makes pandas na, while ours skips it in every dialect of these.
 */
export const frameBarClaims: readonly BarClaim[] = [
  // At alpha 1/2 pandas takes a wrong weight after na: pandas-dev/pandas#66523.
  claim("pandas", "rma", "close", average, { from: 3, gaps: true }),
  claim("pandas", "macd", "close", average, {
    theirs: macd,
    params: macd,
    order: [0, 1, 2],
    from: 4,
    gaps: true,
  }),
  claim("pandas", "sum", "close", sums),
  claim("pandas", "variance", "close", welford, { from: 2 }),
  claim("pandas", "median", "close", none),
  claim("pandas", "range", "close", none),
  claim("pandas", "mom", "close", none),
  claim("pandas", "roc", "close", none),
  claim("pandas", "wma", "close", sums),
  claim("pandas", "dev", "close", sums),
  claim("pandas", "percentile_nearest_rank", "close", none, PERCENTILE),
  claim("pandas", "percentile_linear_interpolation", "close", none, PERCENTILE),
  claim("pandas", "percentrank", "close", none),
  // Their results are ours after the middle.
  claim("pandas", "donchian", "high low", none, { order: [-1, 0, 1] }),
  claim("vectorbt", "atr", "high low close", average, { gaps: true }),
  claim(
    "vectorbt",
    "macd",
    "close",
    ofPrice((n, i) => 64 * (n + i)),
    {
      theirs: macd,
      params: macd,
      order: [0, 1, 2],
    },
  ),
  claim("backtrader", "rma", "close", average),
  claim("backtrader", "macd", "close", average, {
    theirs: macd,
    params: macd,
    order: [0, 1, 2],
    // It gives no line at all of data that end before its longest one begins.
    apart: (bars, n) => {
      const [, slow, signal] = macd(n);
      const started = bars.close.length >= slow + signal - 1;
      return (_, theirs) => !started && Number.isNaN(theirs);
    },
  }),
  claim("backtrader", "atr", "high low close", average),
];
