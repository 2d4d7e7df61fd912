import { heikinAshiDefinition } from "./heikin-ashi.ts";
import { ichimokuDefinition } from "./ichimoku.ts";
import {
  type Columns,
  type Numbers,
  type Results,
  runSeveral,
  type SeveralResults,
} from "./run-batch.ts";
import type { Source } from "./source.ts";
import { vwapDefinition } from "./vwap.ts";

/**
 * Volume-weighted average price of `source` (as a rule the mean of high, low and close) since the session began, and
 * its bands. `time` is epoch ms UTC. `sessionMinutes` 1440 from midnight UTC, `numStdDev` 1 unless given.
 */
export function vwap(
  source: Source,
  bars: Columns<"volume" | "time">,
  options: Numbers<never, "sessionMinutes" | "sessionMonths" | "sessionStart" | "numStdDev"> &
    SeveralResults<"value" | "upper" | "lower"> = {},
): Results<"value" | "upper" | "lower"> {
  return runSeveral(vwapDefinition, [source, bars.volume, bars.time], options);
}

/**
 * Ichimoku lines, the lead lines where charts plot them; 9, 26, 52 and 26 unless given. There is no lagging span: compare
 * the close with that of `displacement` - 1 bars ago.
 */
export function ichimoku(
  bars: Columns<"high" | "low">,
  options: Numbers<never, "conversionPeriod" | "basePeriod" | "spanPeriod" | "displacement"> &
    SeveralResults<"conversion" | "base" | "lead_a" | "lead_b"> = {},
): Results<"conversion" | "base" | "lead_a" | "lead_b"> {
  return runSeveral(ichimokuDefinition, [bars.high, bars.low], options);
}

/** Heikin-Ashi bars. */
export function heikinAshi(
  bars: Columns<"open" | "high" | "low" | "close">,
  options: SeveralResults<"open" | "high" | "low" | "close"> = {},
): Results<"open" | "high" | "low" | "close"> {
  return runSeveral(heikinAshiDefinition, [bars.open, bars.high, bars.low, bars.close], options);
}
