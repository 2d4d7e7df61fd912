import { firstDefined, inChunks, isNa } from "../vector/rolling/index.ts";

/**
 * Pivot highs (`sign` 1) or lows (-1): x[right] on the bar that confirms it, where it is not below any of the `left` values
 * before it and above all of the `right` values after it; else na. na values are passed over; no pivot is confirmed by an
 * na bar. A monotonic queue: O(1) per bar in the mean.
 */
export function pivots(
  source: Float64Array,
  left: number,
  right: number,
  sign: 1 | -1,
  out: Float64Array,
): void {
  const room = Math.min(left + right + 1, source.length) + 1;
  const queue = new Int32Array(room);
  const from = firstDefined(source);
  let head = 0;
  let size = 0;
  inChunks(0, source.length, (start, stop) => {
    for (let i = start; i < stop; i++) {
      out[i] = Number.NaN;
      const value = sign * source[i];
      if (size > 0 && queue[head] < i - left - right) {
        head = head + 1 === room ? 0 : head + 1;
        size--;
      }
      if (isNa(value)) continue;
      let end = (head + size) % room;
      while (size > 0) {
        const back = end === 0 ? room - 1 : end - 1;
        if (sign * source[queue[back]] > value) break;
        end = back;
        size--;
      }
      queue[end] = i;
      size++;
      if (i - from >= left + right && queue[head] === i - right) out[i] = source[i - right];
    }
  });
}
