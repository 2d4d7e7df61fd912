import { CHUNK } from "./chunks.ts";
import { simdExtreme } from "./extreme-simd.ts";

/** What is carried from call to call: the top that may stand, its bar, and 0, or NaN after na. */
const TOP = 0;
const AT = 1;
const ZERO = 2;

/**
 * Highest (`sign` 1) or lowest (`sign` -1) of the last `period` values, from bar `from + period - 1` on;
 * earlier bars of `out` stay as they are. Of equal values the latest counts.
 *
 * Van Herk with lazy blocks: a top stands until it leaves the window; only then the maxima of the window's tails
 * are built, and the head that grows behind them is joined to them until it leads. That happens once in at least
 * `period` bars, so the cost per bar is bounded for any data. Multiplying by -1 and back is exact.
 *
 * Returns 0, or NaN when a value from `from` on is na; `out` is then meaningless.
 */
export function rollingExtreme(
  source: Float64Array,
  from: number,
  period: number,
  sign: 1 | -1,
  out: Float64Array,
): number {
  return (
    simdExtreme(source, from, period, sign, out) ?? lazyExtreme(source, from, period, sign, out)
  );
}

/** The same by comparing one value at a time. */
export function lazyExtreme(
  source: Float64Array,
  from: number,
  period: number,
  sign: 1 | -1,
  out: Float64Array,
): number {
  const state = new Float64Array(3);
  firstTop(source, from, period, sign, state);
  const last = from + period - 1;
  out[last] = sign * state[TOP];
  sweep(source, last + 1, period, sign, state, out);
  return state[ZERO];
}

function sweep(
  source: Float64Array,
  from: number,
  period: number,
  sign: 1 | -1,
  state: Float64Array,
  out: Float64Array,
): void {
  const bars = source.length;
  const tails = new Float64Array(period);
  let i = from;
  while (i < bars) {
    const end = Math.min(bars, i + CHUNK);
    i = stand(source, i, end, period, sign, state, out);
    if (i === end) continue;
    topTails(source, i - period, period, sign, tails);
    i = join(source, i, Math.min(bars, i + period - 1), sign, state, tails, out);
  }
}

function firstTop(
  source: Float64Array,
  from: number,
  period: number,
  sign: 1 | -1,
  state: Float64Array,
): void {
  let top = Number.NEGATIVE_INFINITY;
  let at = from;
  let zero = 0;
  for (let i = from; i < from + period; i++) {
    const value = sign * source[i];
    zero += value - value;
    if (value >= top) {
      top = value;
      at = i;
    }
  }
  state[TOP] = top;
  state[AT] = at;
  state[ZERO] = zero;
}

/** Writes the top while it stands; returns the bar where it has left the window, or `end`. */
function stand(
  source: Float64Array,
  from: number,
  end: number,
  period: number,
  sign: 1 | -1,
  state: Float64Array,
  out: Float64Array,
): number {
  let top = state[TOP];
  let at = state[AT];
  let zero = state[ZERO];
  let i = from;
  for (; i < end; i++) {
    const value = sign * source[i];
    zero += value - value;
    if (value >= top) {
      top = value;
      at = i;
    } else if (i - at === period) break;
    out[i] = sign * top;
  }
  state[TOP] = top;
  state[AT] = at;
  state[ZERO] = zero;
  return i;
}

/** `tails[k]` becomes the top of the block without its first k values. */
function topTails(
  source: Float64Array,
  start: number,
  period: number,
  sign: 1 | -1,
  tails: Float64Array,
): void {
  let top = Number.NEGATIVE_INFINITY;
  let i = start + period;
  for (let left = period - 1; left > 0; left--) {
    i--;
    const value = sign * source[i];
    if (value > top) top = value;
    tails[left] = top;
  }
}

/** Writes the larger of tail and head; returns the first bar, not yet written, where the head leads, or `end`. */
function join(
  source: Float64Array,
  from: number,
  end: number,
  sign: 1 | -1,
  state: Float64Array,
  tails: Float64Array,
  out: Float64Array,
): number {
  let top = Number.NEGATIVE_INFINITY;
  let at = from;
  let zero = state[ZERO];
  let left = 1;
  let i = from;
  for (; i < end; i++) {
    const value = sign * source[i];
    zero += value - value;
    const tail = tails[left++];
    if (value >= tail || top >= tail) break;
    if (value >= top) {
      top = value;
      at = i;
    }
    out[i] = sign * tail;
  }
  state[TOP] = top;
  state[AT] = at;
  state[ZERO] = zero;
  return i;
}
