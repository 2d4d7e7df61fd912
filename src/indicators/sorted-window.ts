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
      const value = source[i];
      const seen = i - from;
      if (seen < period) insert(sorted, seen, value);
      else exchange(sorted, source[i - period], value);
      if (seen >= period - 1) pick(sorted, source, i, out);
    }
  });
  return 0;
}

function insert(sorted: Float64Array, size: number, value: number): void {
  const at = lowerBound(sorted, size, value);
  sorted.copyWithin(at + 1, at, size);
  sorted[at] = value;
}

/** Takes `old` out of a full window and puts `value` in; only what stands between the two moves. */
function exchange(sorted: Float64Array, old: number, value: number): void {
  const hole = lowerBound(sorted, sorted.length, old);
  const at = lowerBound(sorted, sorted.length, value);
  if (at > hole) {
    sorted.copyWithin(hole, hole + 1, at);
    sorted[at - 1] = value;
  } else {
    sorted.copyWithin(at + 1, at, hole);
    sorted[at] = value;
  }
}

/** How many of the first `size` values are below `value`. */
function lowerBound(sorted: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
