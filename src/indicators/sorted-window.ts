import { firstNa, inChunks } from "../vector/rolling/index.ts";

/** Writes the value of a bar from the sorted values of its window. (Numbers that are passed or returned would be boxed.) */
export type Pick = (
  sorted: Float64Array,
  source: Float64Array,
  bar: number,
  out: Float64Array,
) => void;

/**
 * A value picked from the sorted last `period` values, from bar `from + period - 1` on. The window is kept in order: two
 * binary searches and one move of memory per bar (O(log n) comparisons, O(n) bytes).
 * Returns 0, or NaN when a value from `from` on is na; `out` is then meaningless.
 */
export function rollingSorted(
  source: Float64Array,
  from: number,
  period: number,
  pick: Pick,
  out: Float64Array,
): number {
  const sorted = new Float64Array(period);
  if (firstNa(source, from) < source.length) return Number.NaN;
  inChunks(from, source.length, (start, end) => {
    for (let i = start; i < end; i++) {
      // -0 becomes 0, for which of the two stands first would be an accident.
      const value = source[i] + 0;
      const seen = i - from;
      if (seen < period) insert(sorted, 0, seen, value);
      else exchange(sorted, 0, period, source[i - period], value);
      if (seen >= period - 1) pick(sorted, source, i, out);
    }
  });
  return 0;
}

/** Puts `value` into the `size` values in order from cell `base` on. */
export function insert(sorted: Float64Array, base: number, size: number, value: number): void {
  const at = lowerBound(sorted, base, size, value);
  sorted.copyWithin(at + 1, at, base + size);
  sorted[at] = value;
}

/** Takes `old` out of a full window and puts `value` in; only what stands between the two moves. */
export function exchange(
  sorted: Float64Array,
  base: number,
  size: number,
  old: number,
  value: number,
): void {
  const hole = lowerBound(sorted, base, size, old);
  const at = lowerBound(sorted, base, size, value);
  if (at > hole) {
    sorted.copyWithin(hole, hole + 1, at);
    sorted[at - 1] = value;
  } else {
    sorted.copyWithin(at + 1, at, hole);
    sorted[at] = value;
  }
}

/** The cell of the first of the `size` values that is not below `value`, or the cell behind them. */
export function lowerBound(
  sorted: Float64Array,
  base: number,
  size: number,
  value: number,
): number {
  let low = base;
  let high = base + size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The cell of the first of the `size` values that is above `value`, or the cell behind them. */
export function upperBound(
  sorted: Float64Array,
  base: number,
  size: number,
  value: number,
): number {
  let low = base;
  let high = base + size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
