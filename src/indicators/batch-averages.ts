import { almaDefinition } from "./alma.ts";
import { cumDefinition } from "./cum.ts";
import { demaDefinition } from "./dema.ts";
import { hmaDefinition } from "./hma.ts";
import { kamaDefinition } from "./kama.ts";
import { linregDefinition } from "./linreg.ts";
import { rmaDefinition } from "./rma.ts";
import { type Columns, type Numbers, type OneResult, runOne } from "./run-batch.ts";
import type { Source } from "./source.ts";
import { sumDefinition } from "./sum.ts";
import { swmaDefinition } from "./swma.ts";
import { temaDefinition } from "./tema.ts";
import { vwmaDefinition } from "./vwma.ts";
import { wmaDefinition } from "./wma.ts";

/** Wilder's moving average, in the source's unit. */
export function rma(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(rmaDefinition, [source], options);
}

/** Linearly weighted moving average, in the source's unit. */
export function wma(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(wmaDefinition, [source], options);
}

/** Hull moving average, in the source's unit; `period` from 2. */
export function hma(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(hmaDefinition, [source], options);
}

/** Volume-weighted moving average, in the source's unit. */
export function vwma(
  source: Source,
  bars: Columns<"volume">,
  options: Numbers<"period"> & OneResult,
): Float64Array {
  return runOne(vwmaDefinition, [source, bars.volume], options);
}

/** Symmetrically weighted moving average of 4 values. */
export function swma(source: Source, options: OneResult = {}): Float64Array {
  return runOne(swmaDefinition, [source], options);
}

/** Arnaud Legoux moving average; `center` 0.85 and `sigma` 6 unless given. */
export function alma(
  source: Source,
  options: Numbers<"period", "center" | "sigma"> & OneResult,
): Float64Array {
  return runOne(almaDefinition, [source], options);
}

/** Double exponential moving average. */
export function dema(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(demaDefinition, [source], options);
}

/** Triple exponential moving average. */
export function tema(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(temaDefinition, [source], options);
}

/** Kaufman's adaptive moving average; `period` 10, `fastPeriod` 2, `slowPeriod` 30 unless given. */
export function kama(
  source: Source,
  options: Numbers<never, "period" | "fastPeriod" | "slowPeriod"> & OneResult = {},
): Float64Array {
  return runOne(kamaDefinition, [source], options);
}

/** Least-squares line through the last `period` (from 2) values, read `shift` (0) bars ago. */
export function linreg(
  source: Source,
  options: Numbers<"period", "shift"> & OneResult,
): Float64Array {
  return runOne(linregDefinition, [source], options);
}

/** Sum of the last `period` values. */
export function sum(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(sumDefinition, [source], options);
}

/** Sum of all values so far. */
export function cum(source: Source, options: OneResult = {}): Float64Array {
  return runOne(cumDefinition, [source], options);
}
