/** The first index from `from` on whose time is `target` or later. */
export function firstAtOrAfter(time: Float64Array, target: number, from: number): number {
  let low = from;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle] < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
