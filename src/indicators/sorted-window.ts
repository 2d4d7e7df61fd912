/** Longest window in which a loop finds a place sooner than a search. */
const SHORT = 48;

/**
 * Takes `old` out of the `size` values in order from cell `base` on, and puts `value` in; only what stands between the
 * two moves. A window that fills up holds Infinity in place of what is still to come.
 */
export function exchange(
  sorted: Float64Array,
  base: number,
  size: number,
  old: number,
  value: number,
): void {
  if (size > SHORT) {
    exchangeFar(sorted, base, size, old, value);
    return;
  }
  const top = base + size - 1;
  let at = base;
  while (sorted[at] < old) at++;
  // The hole moves to where the new value belongs.
  for (; at < top && sorted[at + 1] < value; at++) sorted[at] = sorted[at + 1];
  for (; at > base && sorted[at - 1] > value; at--) sorted[at] = sorted[at - 1];
  sorted[at] = value;
}

function exchangeFar(
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

/** Index of the most frequent of the `size` values in order from cell `base` on; the smallest of several. */
export function mostFrequent(sorted: Float64Array, base: number, size: number): number {
  let best = base;
  let most = 1;
  let first = base;
  for (let i = base + 1; i < base + size; i++) {
    if (sorted[i] !== sorted[first]) first = i;
    else if (i - first >= most) {
      most = i - first + 1;
      best = i;
    }
  }
  return best;
}
