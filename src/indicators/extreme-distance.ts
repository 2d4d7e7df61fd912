import { inChunks, isNa } from "../vector/rolling/index.ts";

/**
 * Bars from this bar back to the highest (`sign` 1) or lowest (-1) of the last `period` values: 0, -1, … Of equal values
 * the oldest counts. na is skipped: the window holds the last `period` values, the distance counts bars; on an na bar the
 * window stays. A monotonic queue: O(1) per bar in the mean.
 */
export function extremeDistance(
  source: Float64Array,
  period: number,
  sign: 1 | -1,
  out: Float64Array,
): void {
  const room = Math.min(period, source.length) + 1;
  const values = new Float64Array(room);
  const bars = new Int32Array(room);
  const ranks = new Int32Array(room);
  let head = 0;
  let size = 0;
  let seen = 0;
  inChunks(0, source.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const value = sign * source[i];
      if (!isNa(value)) {
        seen++;
        if (size > 0 && ranks[head] <= seen - period) {
          head = head + 1 === room ? 0 : head + 1;
          size--;
        }
        let end = head + size;
        if (end >= room) end -= room;
        while (size > 0 && values[end === 0 ? room - 1 : end - 1] < value) {
          end = end === 0 ? room - 1 : end - 1;
          size--;
        }
        values[end] = value;
        bars[end] = i;
        ranks[end] = seen;
        size++;
      }
      out[i] = seen >= period ? bars[head] - i : Number.NaN;
    }
  });
}
