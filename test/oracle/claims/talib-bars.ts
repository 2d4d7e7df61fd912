import { kernelOf } from "../../../src/indicators/registry.ts";
import type { Bars, Column } from "../bar-series.ts";
import * as rounding from "../rounding.ts";
import {
  type Allowance,
  type BarClaim,
  largestOf,
  none,
  ofPrice,
  percent,
  recursive,
  sumOf,
  unit,
  windows,
} from "./bar-claim.ts";

type More = Partial<BarClaim>;

function claim(
  indicator: string,
  ask: string,
  reads: string,
  allowance: Allowance,
  more: More = {},
): BarClaim {
  const columns = reads.split(" ") as Column[];
  return {
    library: "talib",
    ask,
    reads: columns,
    theirs: (n) => [n],
    indicator,
    dialect: "talib",
    sources: columns,
    params: (n) => [n],
    order: [0],
    allowance,
    gaps: false,
    from: 2,
    ...more,
  };
}

/** TA-Lib answers 0 where a window has no range, ours na. */
const zeroForNa: BarClaim["apart"] = () => (_, theirs, ours) => theirs === 0 && Number.isNaN(ours);

const slidingSum: Allowance = ({ close }, n) => {
  const error = rounding.runningSum(close, n);
  return (i) => n * error[i];
};

const squares: Allowance = ({ close }, n) => {
  const error = rounding.runningSquares(close, n);
  return (i) => error[i];
};

/** The mean's error by the mean deviation; both sums are made anew for each bar. */
const channel: Allowance = ({ typical }, n) => {
  const largest = largestOf(typical);
  const deviations = windows(typical, n, (window) => {
    const mean = sumOf(window) / n;
    return window.reduce((a, b) => a + Math.abs(b - mean), 0) / n;
  });
  return (i) => percent(n * unit * largest[i], deviations[i]) * (1 + n);
};

const flows = ({ typical, volume }: Bars) => typical.map((price, i) => price * volume[i]);

/** Sliding sums of flows, which TA-Lib takes as nothing below 1. */
const flow: Allowance = (bars, n) => {
  const all = flows(bars);
  const error = rounding.runningSum(all, n);
  const totals = windows(all, n, sumOf);
  return (i) => (totals[i] < 2 ? Number.POSITIVE_INFINITY : percent(2 * n * error[i], totals[i]));
};

/** What rounding may do to an RSI of a walk, by the range of RSIs in the window. */
const ofStrength: Allowance = ({ close }, n) => {
  const strength = new Float64Array(close.length);
  kernelOf("rsi", "tv")([close], [n], [strength]);
  const ranges = windows(strength, n, (window) => Math.max(...window) - Math.min(...window));
  return (i) => percent(1e-10, ranges[i]);
};

/** Quotients of prices as they are. */
const exactQuotient: Allowance = () => () => 1e-9;

const fast = (n: number) => Math.max(2, n);

export const talibBarClaims: readonly BarClaim[] = [
  claim("atr", "ATR", "high low close", recursive),
  claim("macd", "MACD", "close", recursive, {
    theirs: (n) => [fast(n), fast(n) + 7, 5],
    params: (n) => [fast(n), fast(n) + 7, 5],
    order: [0, 1, 2],
  }),
  claim(
    "wma",
    "WMA",
    "close",
    ofPrice((_, i) => 4 * (i + 2) ** 2),
  ),
  claim("dema", "DEMA", "close", recursive),
  claim("tema", "TEMA", "close", recursive),
  claim(
    "kama",
    "KAMA",
    "close",
    ofPrice((n, i) => 64 * (i + n)),
    {
      params: (n) => [n, 2, 30],
      // A sliding sum of changes, of which nothing is left after a spike but its rounding.
      styles: ["walk", "ties", "rising", "falling"],
    },
  ),
  claim(
    "linreg",
    "LINEARREG",
    "close",
    ofPrice((n) => 64 * n),
    { params: (n) => [n, 0] },
  ),
  claim("stoch", "STOCHF", "high low close", exactQuotient, {
    theirs: (n) => [n, 1],
    sources: ["close", "high", "low"],
    apart: zeroForNa,
  }),
  // Its first line is ours without smoothing. A window of equal RSIs is 0 to it, na to ours.
  claim("stochrsi", "STOCHRSI", "close", ofStrength, {
    theirs: (n) => [n, n, 1],
    params: (n) => [n, n, 1, 1],
    order: [0, 1],
    apart: zeroForNa,
    styles: ["walk", "rising", "falling"],
  }),
  claim("wpr", "WILLR", "high low close", exactQuotient, { apart: zeroForNa }),
  claim("cci", "CCI", "high low close", channel, {
    sources: ["typical"],
    apart: () => (_, theirs, ours) => theirs === 0 && !(Math.abs(ours) > 1e-6),
    styles: ["walk", "constant", "ties", "rising", "falling", "tiny"],
  }),
  // Ours has a value one bar earlier: the flow of the first bar counts both ways.
  claim("mfi", "MFI", "high low close volume", flow, {
    sources: ["typical", "volume"],
    apart: (_, n) => (i, theirs) => i === n - 1 && Number.isNaN(theirs),
    // A change of less than 1e-10 is none to ours.
    styles: ["walk", "rising", "falling", "spikes"],
  }),
  claim("roc", "ROC", "close", exactQuotient, { from: 1 }),
  claim("mom", "MOM", "close", none, { from: 1 }),
  claim("change", "MOM", "close", none, { from: 1 }),
  // TA-Lib starts with the first bar's volume, ours with the second bar at 0.
  claim("obv", "OBV", "close volume", none, {
    theirs: () => [],
    params: () => [],
    value: (theirs, i, answer) => {
      const first = answer.findIndex((v) => !Number.isNaN(v));
      return i === first ? Number.NaN : theirs - answer[first];
    },
    from: 1,
  }),
  claim("tr", "TRANGE", "high low close", none, {
    theirs: () => [],
    params: () => [0],
    from: 1,
  }),
  claim("variance", "VAR", "close", squares, { theirs: (n) => [n, 1] }),
  claim("sum", "SUM", "close", slidingSum),
  // Of equal values TA-Lib takes the newest, ours the oldest: no ties here.
  claim("aroon", "AROON", "high low", none, {
    order: [1, 0],
    styles: ["walk", "rising", "falling"],
  }),
  claim("highestbars", "MAXINDEX", "close", none, {
    value: (theirs, i) => theirs - i,
    // An index of 0 during warm-up.
    apart: (_, n) => (i) => i < n - 1,
    styles: ["walk", "rising", "falling"],
  }),
  claim("lowestbars", "MININDEX", "close", none, {
    value: (theirs, i) => theirs - i,
    // An index of 0 during warm-up.
    apart: (_, n) => (i) => i < n - 1,
    styles: ["walk", "rising", "falling"],
  }),
];
