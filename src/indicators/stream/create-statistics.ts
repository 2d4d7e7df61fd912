import { devDefinition } from "../dev.ts";
import { fallingDefinition } from "../falling.ts";
import { highestbarsDefinition } from "../highestbars.ts";
import { lowestbarsDefinition } from "../lowestbars.ts";
import { medianDefinition } from "../median.ts";
import { modeDefinition } from "../mode.ts";
import { percentileLinearInterpolationDefinition } from "../percentile-linear-interpolation.ts";
import { percentileNearestRankDefinition } from "../percentile-nearest-rank.ts";
import { percentrankDefinition } from "../percentrank.ts";
import { rangeDefinition } from "../range.ts";
import { risingDefinition } from "../rising.ts";
import { varianceDefinition } from "../variance.ts";
import type { ValueStream } from "./create.ts";
import { createStream } from "./create-stream.ts";
import type { StreamNumbers } from "./shapes.ts";

/** Population variance (sample in dialect `pandas`), bar by bar. */
export function createVariance(options: StreamNumbers<"period">): ValueStream {
  return createStream(varianceDefinition, { ...options });
}

/** Mean absolute deviation from the mean, bar by bar. */
export function createDev(options: StreamNumbers<"period">): ValueStream {
  return createStream(devDefinition, { ...options });
}

/** Median of the last `period` values, bar by bar. */
export function createMedian(options: StreamNumbers<"period">): ValueStream {
  return createStream(medianDefinition, { ...options });
}

/** Most frequent of the last `period` values, the smallest of several, bar by bar. */
export function createMode(options: StreamNumbers<"period">): ValueStream {
  return createStream(modeDefinition, { ...options });
}

/** Percentile (`percentage`, 0 to 100) of the last `period` values by nearest rank, bar by bar. */
export function createPercentileNearestRank(
  options: StreamNumbers<"period" | "percentage">,
): ValueStream {
  return createStream(percentileNearestRankDefinition, { ...options });
}

/** Percentile (`percentage`, 0 to 100) of the last `period` values, between the nearest ranks, bar by bar. */
export function createPercentileLinearInterpolation(
  options: StreamNumbers<"period" | "percentage">,
): ValueStream {
  return createStream(percentileLinearInterpolationDefinition, { ...options });
}

/** Percentage of the `period` values before that are not above this one, bar by bar. */
export function createPercentrank(options: StreamNumbers<"period">): ValueStream {
  return createStream(percentrankDefinition, { ...options });
}

/** Highest less lowest of the last `period` values, bar by bar. */
export function createRange(options: StreamNumbers<"period">): ValueStream {
  return createStream(rangeDefinition, { ...options });
}

/** Bars back to the highest of the last `period` values, bar by bar: 0, -1, … */
export function createHighestbars(options: StreamNumbers<"period">): ValueStream {
  return createStream(highestbarsDefinition, { ...options });
}

/** Bars back to the lowest of the last `period` values, bar by bar: 0, -1, … */
export function createLowestbars(options: StreamNumbers<"period">): ValueStream {
  return createStream(lowestbarsDefinition, { ...options });
}

/** 1 where the last `period` changes all were rises, else 0, bar by bar. */
export function createRising(options: StreamNumbers<"period">): ValueStream {
  return createStream(risingDefinition, { ...options });
}

/** 1 where the last `period` changes all were falls, else 0, bar by bar. */
export function createFalling(options: StreamNumbers<"period">): ValueStream {
  return createStream(fallingDefinition, { ...options });
}
