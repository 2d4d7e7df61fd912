import { ema, highest, lowest, rsi, sma, stdDev } from "../../../src/indicators/index.ts";
import * as plain from "../../kernels/transcriptions.ts";
import * as judge from "../judges.ts";
import * as rounding from "../rounding.ts";
import { type Claim, kernels, written } from "./claim.ts";

// pandas 3.0 and 3.1 take a wrong weight after na where alpha is 1/2: pandas-dev/pandas#66523.
export const pandasClaims: readonly Claim[] = [
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
