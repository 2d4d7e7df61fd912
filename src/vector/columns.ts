export { COLUMNS, type Column, FIELDS, type Field } from "../ir/field.ts";

/**
 * A dataset as the kernels see it: aligned float64 columns of equal length.
 * `time` is the bar's open in epoch milliseconds UTC, strictly increasing; na is NaN.
 */
export interface Bars {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** Bars `from` (inclusive) to `to` (exclusive), as views of the same memory. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  const cut = (column: Float64Array) => column.subarray(from, to);
  return {
    time: cut(bars.time),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
  };
}
