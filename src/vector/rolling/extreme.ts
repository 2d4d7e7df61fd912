/**
 * Highest (`sign` 1) or lowest (`sign` -1) of the last `period` values, from bar `from + period - 1` on;
 * earlier bars of `out` stay as they are. Of equal values the latest counts.
 *
 * Van Herk with lazy blocks: the top of the window stands until it leaves; only then are the maxima of the
 * window's tails built, once in at least `period` bars, so the cost per bar is bounded for any data.
 * Multiplying by -1 and back is exact.
 *
 * Returns false when a value from `from` on is na; `out` is then meaningless.
 */
export function rollingExtreme(
  source: Float64Array,
  from: number,
  period: number,
  sign: 1 | -1,
  out: Float64Array,
): boolean {
  const bars = source.length;
  const tails = new Float64Array(period);
  let top = sign * source[from];
  let at = from;
  let zero = 0;
  let i = from;
  for (; i < from + period; i++) {
    const value = sign * source[i];
    zero += value - value;
    if (value >= top) {
      top = value;
      at = i;
    }
  }
  out[i - 1] = sign * top;
  while (i < bars) {
    for (; i < bars; i++) {
      const value = sign * source[i];
      zero += value - value;
      if (value >= top) {
        top = value;
        at = i;
      } else if (at === i - period) break;
      out[i] = sign * top;
    }
    if (i === bars) break;
    topTails(source, i - period, period, sign, tails);
    top = sign * source[i];
    at = i;
    const last = i - 1;
    const end = Math.min(bars, i + period - 1);
    for (; i < end; i++) {
      const value = sign * source[i];
      zero += value - value;
      if (value >= top) {
        top = value;
        at = i;
      }
      const tail = tails[i - last];
      if (top >= tail) break;
      out[i] = sign * tail;
    }
  }
  return zero === 0;
}

/** `tails[k]` is the top of the block without its first k values. */
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
