import { ema, highest, lowest, rsi, sma, stdDev } from "../../../src/indicators/index.ts";
import * as plain from "../../kernels/transcriptions.ts";
import * as judge from "../judges.ts";
import * as rounding from "../rounding.ts";
import { bandsOf, type Claim, kernels, written } from "./claim.ts";

export const vectorbtClaims: readonly Claim[] = [
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
