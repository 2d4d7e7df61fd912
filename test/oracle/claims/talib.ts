import { ema, highest, lowest, rsi, sma, stdDev } from "../../../src/indicators/index.ts";
import * as judge from "../judges.ts";
import * as rounding from "../rounding.ts";
import { bandsOf, type Claim, kernels } from "./claim.ts";

/** TA-Lib 0.6 takes a variance below it as 0. */
const TALIB_FLOOR = 1e-14;

export const talibClaims: readonly Claim[] = [
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
