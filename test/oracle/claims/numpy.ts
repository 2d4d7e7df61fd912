import { stdDev } from "../../../src/indicators/index.ts";
import * as plain from "../../kernels/transcriptions.ts";
import * as judge from "../judges.ts";
import * as rounding from "../rounding.ts";
import { type Claim, kernels, written } from "./claim.ts";

// The deviation as the formula has it, which no running form comes as close to.
export const numpyClaims: readonly Claim[] = [
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
