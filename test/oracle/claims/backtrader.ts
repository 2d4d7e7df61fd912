import { ema, highest, lowest, rsi, sma, stdDev } from "../../../src/indicators/index.ts";
import * as plain from "../../kernels/transcriptions.ts";
import * as judge from "../judges.ts";
import * as rounding from "../rounding.ts";
import { bandsOf, type Claim, kernels, written } from "./claim.ts";

export const backtraderClaims: readonly Claim[] = [
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
    indicator: "rsi",
    part: "dense, trimmed",
    judge: judge.strengthOrNa,
    subjects: { ...kernels("rsi", rsi, "tv"), ...written("tradingviewRsi", plain.tradingviewRsi) },
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
