import { aroonDefinition } from "./aroon.ts";
import { cciDefinition } from "./cci.ts";
import { changeDefinition } from "./change.ts";
import { cmoDefinition } from "./cmo.ts";
import { dmiDefinition } from "./dmi.ts";
import { fallingDefinition } from "./falling.ts";
import { macdDefinition } from "./macd.ts";
import { mfiDefinition } from "./mfi.ts";
import { momDefinition } from "./mom.ts";
import { obvDefinition } from "./obv.ts";
import { risingDefinition } from "./rising.ts";
import { rocDefinition } from "./roc.ts";
import {
  type Columns,
  type Numbers,
  type OneResult,
  type Results,
  runOne,
  runSeveral,
  type SeveralResults,
} from "./run-batch.ts";
import type { Source } from "./source.ts";
import { stochDefinition } from "./stoch.ts";
import { stochrsiDefinition } from "./stochrsi.ts";
import { trixDefinition } from "./trix.ts";
import { tsiDefinition } from "./tsi.ts";
import { wprDefinition } from "./wpr.ts";

/** Moving average convergence divergence; 12, 26 and 9 unless given. */
export function macd(
  source: Source,
  options: Numbers<never, "fastPeriod" | "slowPeriod" | "signalPeriod"> &
    SeveralResults<"macd" | "signal" | "histogram"> = {},
): Results<"macd" | "signal" | "histogram"> {
  return runSeveral(macdDefinition, [source], options);
}

/** Change of a triple EMA of the logarithm, in hundredths of a percent; `period` 18 unless given. */
export function trix(
  source: Source,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(trixDefinition, [source], options);
}

/** The source less its value `period` (10) bars ago. */
export function mom(
  source: Source,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(momDefinition, [source], options);
}

/** The source less its value `period` (1) bars ago. */
export function change(
  source: Source,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(changeDefinition, [source], options);
}

/** Rate of change over `period` (10) bars, in percent. */
export function roc(
  source: Source,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(rocDefinition, [source], options);
}

/** Stochastic oscillator, 0 to 100; `period` 14 unless given. */
export function stoch(
  source: Source,
  bars: Columns<"high" | "low">,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(stochDefinition, [source, bars.high, bars.low], options);
}

/** Stochastic RSI, 0 to 100; 14, 14, 3 and 3 unless given. */
export function stochrsi(
  source: Source,
  options: Numbers<never, "rsiPeriod" | "stochPeriod" | "kPeriod" | "dPeriod"> &
    SeveralResults<"k" | "d"> = {},
): Results<"k" | "d"> {
  return runSeveral(stochrsiDefinition, [source], options);
}

/** Commodity channel index; `period` 20 unless given, from 2. */
export function cci(
  source: Source,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(cciDefinition, [source], options);
}

/** Money flow index, 0 to 100; `period` 14 unless given. */
export function mfi(
  source: Source,
  bars: Columns<"volume">,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(mfiDefinition, [source, bars.volume], options);
}

/** Chande momentum oscillator, -100 to 100; `period` 9 unless given. */
export function cmo(
  source: Source,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(cmoDefinition, [source], options);
}

/** True strength index, -1 to 1; `shortPeriod` 13, `longPeriod` 25 unless given. */
export function tsi(
  source: Source,
  options: Numbers<never, "shortPeriod" | "longPeriod"> & OneResult = {},
): Float64Array {
  return runOne(tsiDefinition, [source], options);
}

/** Williams %R, -100 to 0; `period` 14 unless given. */
export function wpr(
  bars: Columns<"high" | "low" | "close">,
  options: Numbers<never, "period"> & OneResult = {},
): Float64Array {
  return runOne(wprDefinition, [bars.high, bars.low, bars.close], options);
}

/** On-balance volume. */
export function obv(bars: Columns<"close" | "volume">, options: OneResult = {}): Float64Array {
  return runOne(obvDefinition, [bars.close, bars.volume], options);
}

/** Directional movement index, 0 to 100; `period` 14, `smoothing` 14 unless given. */
export function dmi(
  bars: Columns<"high" | "low" | "close">,
  options: Numbers<never, "period" | "smoothing"> & SeveralResults<"plus" | "minus" | "adx"> = {},
): Results<"plus" | "minus" | "adx"> {
  return runSeveral(dmiDefinition, [bars.high, bars.low, bars.close], options);
}

/** Aroon, 0 to 100; `period` 14 unless given. */
export function aroon(
  bars: Columns<"high" | "low">,
  options: Numbers<never, "period"> & SeveralResults<"up" | "down"> = {},
): Results<"up" | "down"> {
  return runSeveral(aroonDefinition, [bars.high, bars.low], options);
}

/** 1 where the source has risen for `period` bars, else 0. */
export function rising(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(risingDefinition, [source], options);
}

/** 1 where the source has fallen for `period` bars, else 0. */
export function falling(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(fallingDefinition, [source], options);
}
