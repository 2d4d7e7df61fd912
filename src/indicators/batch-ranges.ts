import { atrDefinition } from "./atr.ts";
import { bbwDefinition } from "./bbw.ts";
import { donchianDefinition } from "./donchian.ts";
import { kcDefinition } from "./kc.ts";
import { kcwDefinition } from "./kcw.ts";
import { pivothighDefinition } from "./pivothigh.ts";
import { pivotlowDefinition } from "./pivotlow.ts";
import {
  type Columns,
  type Numbers,
  type OneResult,
  type Results,
  runOne,
  runSeveral,
  type SeveralResults,
} from "./run-batch.ts";
import { sarDefinition } from "./sar.ts";
import type { Source } from "./source.ts";
import { supertrendDefinition } from "./supertrend.ts";
import { trDefinition } from "./tr.ts";

/** True range; `handleNa` 1 (high - low on the first bar) unless given. */
export function tr(
  bars: Columns<"high" | "low" | "close">,
  options: Numbers<never, "handleNa"> & OneResult = {},
): Float64Array {
  return runOne(trDefinition, [bars.high, bars.low, bars.close], options);
}

/** Average true range, in the unit of the prices; `period` 14 unless given. */
export function atr(
  bars: Columns<"high" | "low" | "close">,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(atrDefinition, [bars.high, bars.low, bars.close], options);
}

/** Distance of the Bollinger bands in percent of the middle; 20 and 2 unless given. */
export function bbw(
  source: Source,
  options: Numbers<never, "period" | "numStdDev"> & OneResult = {},
): Float64Array {
  return runOne(bbwDefinition, [source], options);
}

/** Keltner channels; `period` 20, `multiplier` 2, `useTrueRange` 1 unless given. */
export function kc(
  source: Source,
  bars: Columns<"high" | "low" | "close">,
  options: Numbers<never, "period" | "multiplier" | "useTrueRange"> &
    SeveralResults<"middle" | "upper" | "lower"> = {},
): Results<"middle" | "upper" | "lower"> {
  return runSeveral(kcDefinition, [source, bars.high, bars.low, bars.close], options);
}

/** Width of the Keltner channels as a fraction of the middle; options as {@link kc}. */
export function kcw(
  source: Source,
  bars: Columns<"high" | "low" | "close">,
  options: Numbers<never, "period" | "multiplier" | "useTrueRange"> & OneResult = {},
): Float64Array {
  return runOne(kcwDefinition, [source, bars.high, bars.low, bars.close], options);
}

/** Donchian channels; `period` 20 unless given. */
export function donchian(
  bars: Columns<"high" | "low">,
  options: Numbers<never, "period"> & SeveralResults<"middle" | "upper" | "lower"> = {},
): Results<"middle" | "upper" | "lower"> {
  return runSeveral(donchianDefinition, [bars.high, bars.low], options);
}

/** SuperTrend and its direction (-1 up, 1 down); `period` 10, `factor` 3 unless given. */
export function supertrend(
  bars: Columns<"high" | "low" | "close">,
  options: Numbers<never, "period" | "factor"> & SeveralResults<"value" | "direction"> = {},
): Results<"value" | "direction"> {
  return runSeveral(supertrendDefinition, [bars.high, bars.low, bars.close], options);
}

/** Parabolic SAR; `start` 0.02, `increment` 0.02, `maximum` 0.2 unless given. */
export function sar(
  bars: Columns<"high" | "low" | "close">,
  options: Numbers<never, "start" | "increment" | "maximum"> & OneResult = {},
): Float64Array {
  return runOne(sarDefinition, [bars.high, bars.low, bars.close], options);
}

/** Pivot highs, on the bar that confirms them: `right` bars after the pivot. */
export function pivothigh(
  source: Source,
  options: Numbers<"left" | "right"> & OneResult,
): Float64Array {
  return runOne(pivothighDefinition, [source], options);
}

/** Pivot lows, on the bar that confirms them: `right` bars after the pivot. */
export function pivotlow(
  source: Source,
  options: Numbers<"left" | "right"> & OneResult,
): Float64Array {
  return runOne(pivotlowDefinition, [source], options);
}
