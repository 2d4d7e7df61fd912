/** Steps that one call of the hot loop looks at, at most: V8 enters code that it compiled whole. */
const CHUNK = 4096;

/** The most common step between neighbouring bars in ms, the shorter on a tie; null below two bars. */
export function modalStep(time: Float64Array): number | null {
  const counts = new Map<number, number>();
  for (let i = 1; i < time.length; ) {
    const step = time[i] - time[i - 1];
    const from = i;
    i = stepsLike(time, step, i + 1);
    counts.set(step, (counts.get(step) ?? 0) + (i - from));
  }
  let best: number | null = null;
  let most = 0;
  for (const [value, n] of counts) {
    if (n > most || (n === most && best !== null && value < best)) {
      best = value;
      most = n;
    }
  }
  return best;
}

/** The first bar from `from` on that is another step away from its neighbour. */
function stepsLike(time: Float64Array, step: number, from: number): number {
  let at = from;
  while (at < time.length) {
    const to = Math.min(time.length, at + CHUNK);
    at = stepsLikeUntil(time, step, at, to);
    if (at < to) break;
  }
  return at;
}

function stepsLikeUntil(time: Float64Array, step: number, from: number, to: number): number {
  let before = time[from - 1];
  for (let at = from; at < to; at++) {
    const now = time[at];
    if (now - before !== step) return at;
    before = now;
  }
  return to;
}
