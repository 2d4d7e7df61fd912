import { correlationDefinition } from "./correlation.ts";
import { devDefinition } from "./dev.ts";
import { highestbarsDefinition } from "./highestbars.ts";
import { lowestbarsDefinition } from "./lowestbars.ts";
import { medianDefinition } from "./median.ts";
import { modeDefinition } from "./mode.ts";
import { percentileLinearInterpolationDefinition } from "./percentile-linear-interpolation.ts";
import { percentileNearestRankDefinition } from "./percentile-nearest-rank.ts";
import { percentrankDefinition } from "./percentrank.ts";
import { rangeDefinition } from "./range.ts";
import { type Numbers, type OneResult, runOne } from "./run-batch.ts";
import type { Source } from "./source.ts";
import { varianceDefinition } from "./variance.ts";

/** Population variance (sample in dialect `pandas`). */
export function variance(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(varianceDefinition, [source], options);
}

/** Mean absolute deviation from the mean. */
export function dev(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(devDefinition, [source], options);
}

/** Median of the last `period` values. */
export function median(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(medianDefinition, [source], options);
}

/** Most frequent of the last `period` values, the smallest of several. */
export function mode(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(modeDefinition, [source], options);
}

/** Percentile (`percentage`, 0 to 100) of the last `period` values by nearest rank. */
export function percentileNearestRank(
  source: Source,
  options: Numbers<"period" | "percentage"> & OneResult,
): Float64Array {
  return runOne(percentileNearestRankDefinition, [source], options);
}

/** Percentile (`percentage`, 0 to 100) of the last `period` values, between the nearest ranks. */
export function percentileLinearInterpolation(
  source: Source,
  options: Numbers<"period" | "percentage"> & OneResult,
): Float64Array {
  return runOne(percentileLinearInterpolationDefinition, [source], options);
}

/** Percentage of the `period` values before that are not above this one. */
export function percentrank(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(percentrankDefinition, [source], options);
}

/** Highest less lowest of the last `period` values. */
export function range(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(rangeDefinition, [source], options);
}

/** Bars back to the highest of the last `period` values: 0, -1, … */
export function highestbars(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(highestbarsDefinition, [source], options);
}

/** Bars back to the lowest of the last `period` values: 0, -1, … */
export function lowestbars(source: Source, options: Numbers<"period"> & OneResult): Float64Array {
  return runOne(lowestbarsDefinition, [source], options);
}

/** Correlation of two series over the last `period` (from 2) bars, -1 to 1. */
export function correlation(
  source: Source,
  other: Source,
  options: Numbers<"period"> & OneResult,
): Float64Array {
  return runOne(correlationDefinition, [source, other], options);
}
