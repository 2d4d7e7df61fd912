import { DIALECTS, type Dialect, type Kernel } from "../vector/kernel.ts";
import { firstDefined } from "../vector/rolling/index.ts";
import { MAX_PERIOD } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, gaps } from "./elementwise.ts";
import { emaKernel } from "./ema.ts";
import { smaKernel } from "./sma.ts";
import { macdStream } from "./stream/macd.ts";

/**
 * Moving average convergence divergence: the fast average less the slow one, the average of that (signal), and the
 * difference of the two (histogram). na as in the averages.
 * - tv, backtrader, pandas: the EMA of that dialect; the signal starts at the first value of the line.
 * - talib: both EMAs start at the bar of the slow one, the fast one with the mean of its last values there; the line is
 *   na until the signal is there; the shorter period is the fast one (ta_MACD.c).
 * - vectorbt: simple averages (MACD.run with its defaults).
 */
export function macdKernel(dialect: Dialect): Kernel {
  const average = dialect === "vectorbt" ? smaKernel(dialect) : emaKernel(dialect);
  return ([source], [fast, slow, smooth], [line, signal, histogram]) => {
    const long = columnLike(source);
    if (dialect === "talib") {
      together(average, source, Math.min(fast, slow), Math.max(fast, slow), line, long);
    } else {
      average([source], [fast], [line]);
      average([source], [slow], [long]);
    }
    gaps(line, long, line);
    average([line], [smooth], [signal]);
    if (dialect === "talib") line.fill(Number.NaN, 0, firstDefined(signal));
    gaps(line, signal, histogram);
  };
}

/** The two averages with a common first bar. */
function together(
  average: Kernel,
  source: Float64Array,
  fast: number,
  slow: number,
  short: Float64Array,
  long: Float64Array,
): void {
  const skipped = Math.min(source.length, firstDefined(source) + slow - fast);
  short.fill(Number.NaN, 0, skipped);
  average([source.subarray(skipped)], [fast], [short.subarray(skipped)]);
  average([source], [slow], [long]);
}

export const macdDefinition: IndicatorDefinition = {
  name: "macd",
  title: "Moving average convergence divergence",
  sources: ["source"],
  params: [
    {
      name: "fast_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 12,
      doc: "Bars of the fast average.",
    },
    {
      name: "slow_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 26,
      doc: "Bars of the slow average.",
    },
    {
      name: "signal_period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 9,
      doc: "Bars of the average of the line.",
    },
  ],
  outputs: ["macd", "signal", "histogram"],
  warmup: ([fast, slow, signal], dialect) =>
    dialect === "pandas" ? 0 : Math.max(fast, slow) + signal - 2,
  dialects: DIALECTS,
  kernel: macdKernel,
  stream: macdStream,
  chains: (form, [x], [fast, slow, smooth]) => {
    const line = form.minus(form.ema(x, fast), form.ema(x, slow));
    const signal = form.ema(line, smooth);
    return [line, signal, form.minus(line, signal)];
  },
  formula: "ema(x, fast) - ema(x, slow), its ema, and the difference of the two",
  citation: "TradingView, Pine Script reference manual, ta.macd; TA-Lib, ta_MACD.c; vectorbt, MACD",
};
