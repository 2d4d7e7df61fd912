import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { isNa } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike } from "./elementwise.ts";
import { rmaKernel } from "./rma.ts";
import { atrStream } from "./stream/atr.ts";
import { trKernel } from "./tr.ts";
import { weightedMean } from "./weighted-mean.ts";

/**
 * Average true range, in the unit of the prices. na as in the average.
 * - tv: rma of the true range, that of the first bar being high - low. Warm-up n - 1 bars. pandas has none and takes
 *   this one.
 * - talib, backtrader: rma of the true ranges from the second bar on, in the form of the library. Warm-up n bars.
 * - vectorbt: `ewm(span=n, adjust=False)` of tv's true range, na until n bars were seen.
 */
export function atrKernel(dialect: Dialect): Kernel {
  const later = startsLater(dialect);
  const average = rmaKernel(dialect === "pandas" ? "tv" : dialect);
  return (sources, [period], outputs) => {
    const [out] = outputs;
    const ranges = (range: Float64Array) => trKernel()(sources, [later ? 0 : 1], [range]);
    if (dialect !== "vectorbt") {
      ranges(out);
      average([out], [period], outputs);
      if (out.length === 0 || !isNa(out[out.length - 1])) return;
    }
    // With na in it the average looks at the ranges again, so they need a column of their own.
    const range = columnLike(out);
    ranges(range);
    if (dialect === "vectorbt") weightedMean(range, 2 / (period + 1), period, out);
    else average([range], [period], outputs);
  };
}

function startsLater(dialect: Dialect): boolean {
  return dialect === "talib" || dialect === "backtrader";
}

export const atrDefinition: IndicatorDefinition = {
  name: "atr",
  title: "Average true range",
  sources: ["high", "low", "close"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of true ranges averaged.",
    },
  ],
  outputs: ["value"],
  warmup: ([period], dialect) => (startsLater(dialect) ? period : period - 1),
  dialects: DIALECTS,
  kernel: atrKernel,
  stream: atrStream,
  chains: (form, [high, low, close], [period]) => [
    form.rma(form.trueRange(high, low, close), period),
  ],
  formula: "rma(tr, n)",
  citation:
    "TradingView, Pine Script reference manual, ta.atr; J. Welles Wilder, New Concepts in Technical Trading Systems (1978)",
};
