/** Bars, or ever coarser groups of them: `open` of the first, `close` of the last, extremes of all. */
export interface BarLevel {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** Bars per group of the next coarser level. */
const FACTOR = 4;

/** The level made of groups of four bars of `fine`; na where a group has no price. */
export function coarser(fine: BarLevel): BarLevel {
  const length = Math.ceil(fine.time.length / FACTOR);
  const level = {
    time: new Float64Array(length),
    open: new Float64Array(length).fill(Number.NaN),
    high: new Float64Array(length).fill(Number.NaN),
    low: new Float64Array(length).fill(Number.NaN),
    close: new Float64Array(length).fill(Number.NaN),
    volume: new Float64Array(length),
  };
  for (let i = 0; i < fine.time.length; i++) {
    const at = Math.floor(i / FACTOR);
    if (i % FACTOR === 0) level.time[at] = fine.time[i]!;
    level.volume[at]! += fine.volume[i]! || 0;
    if (Number.isNaN(fine.close[i]!)) continue;
    if (Number.isNaN(level.open[at]!)) level.open[at] = fine.open[i]!;
    level.close[at] = fine.close[i]!;
    if (!(level.high[at]! >= fine.high[i]!)) level.high[at] = fine.high[i]!;
    if (!(level.low[at]! <= fine.low[i]!)) level.low[at] = fine.low[i]!;
  }
  return level;
}

/**
 * Which points of `values` a line of at most about `points` needs between `from` and `to` (exclusive): the
 * lowest and the highest of each group, in order, so that no extreme is lost. na is left out.
 */
export function linePoints(
  values: Float64Array,
  from: number,
  to: number,
  points: number,
): number[] {
  const group = Math.max(1, Math.ceil((2 * (to - from)) / points));
  const chosen: number[] = [];
  if (group <= 2) {
    for (let i = from; i < to; i++) if (!Number.isNaN(values[i]!)) chosen.push(i);
    return chosen;
  }
  for (let start = from; start < to; start += group) {
    let low = -1;
    let high = -1;
    for (let i = start; i < Math.min(to, start + group); i++) {
      if (Number.isNaN(values[i]!)) continue;
      if (low < 0 || values[i]! < values[low]!) low = i;
      if (high < 0 || values[i]! > values[high]!) high = i;
    }
    if (low < 0) continue;
    chosen.push(Math.min(low, high));
    if (low !== high) chosen.push(Math.max(low, high));
  }
  return chosen;
}

/** The first index of sorted `times` that is not before `time`. */
export function indexAt(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
