import { inChunks, isNa, whole } from "../vector/rolling/index.ts";

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
  const count = whole(period);
  // Of a size that makes places by a mask.
  let room = 2;
  while (room < period + 1 && room < source.length + 1) room *= 2;
  const queue: ExtremeQueue = {
    values: new Float64Array(room),
    bars: new Int32Array(room),
    ranks: new Int32Array(room),
    state: new Int32Array(3),
  };
  inChunks(0, source.length, (from, to) => pass(source, from, to, count, sign, queue, out));
}

/** Values that may still become the extreme, the best in front, with their bars and their numbers among the defined. */
interface ExtremeQueue {
  readonly values: Float64Array;
  readonly bars: Int32Array;
  readonly ranks: Int32Array;
  /** The place of the first, how many there are, and how many values were seen. */
  readonly state: Int32Array;
}

function pass(
  source: Float64Array,
  from: number,
  to: number,
  period: number,
  sign: 1 | -1,
  { values, bars, ranks, state }: ExtremeQueue,
  out: Float64Array,
): void {
  const mask = values.length - 1;
  let [head, size, seen] = state;
  for (let i = from; i < to; i++) {
    const value = sign * source[i];
    if (!isNa(value)) {
      seen++;
      if (size > 0 && ranks[head] <= seen - period) {
        head = (head + 1) & mask;
        size--;
      }
      let last = (head + size - 1) & mask;
      while (size > 0 && values[last] < value) {
        last = (last - 1) & mask;
        size--;
      }
      const end = (last + 1) & mask;
      values[end] = value;
      bars[end] = i;
      ranks[end] = seen;
      size++;
    }
    if (seen >= period) out[i] = bars[head] - i;
    else out[i] = Number.NaN;
  }
  state[0] = head;
  state[1] = size;
  state[2] = seen;
}
