import { isNa } from "./na.ts";
import { type NaRule, spread, whole } from "./window.ts";

/** A window function over two series without na: writes every output from bar `period - 1` on. */
export type DensePairs = (
  a: Float64Array,
  b: Float64Array,
  period: number,
  out: Float64Array,
) => void;

/**
 * Runs a dense window function over two series that may hold na: a bar is a value where both have one, and na as in
 * `overWindow`. The bits do not depend on gaps: blocks count the bars with a value.
 */
export function overPairs(
  dense: DensePairs,
  a: Float64Array,
  b: Float64Array,
  period: number,
  out: Float64Array,
  rule: NaRule,
): void {
  const count = whole(period);
  const from = firstPair(a, b);
  if (isComplete(a, b, from)) {
    out.fill(Number.NaN, 0, from + count - 1);
    if (out.length - from >= count)
      dense(a.subarray(from), b.subarray(from), count, out.subarray(from));
    return;
  }
  const pairs = new Float64Array(out.length);
  const left = new Float64Array(out.length);
  const right = new Float64Array(out.length);
  const kept = keepPairs(a, b, pairs, left, right);
  const results = new Float64Array(kept).fill(Number.NaN);
  if (kept >= count) dense(left.subarray(0, kept), right.subarray(0, kept), count, results);
  spread(pairs, 0, results, out, rule === "skip" ? 0 : count);
}

function firstPair(a: Float64Array, b: Float64Array): number {
  let i = 0;
  while (i < a.length && (isNa(a[i]) || isNa(b[i]))) i++;
  return i;
}

function isComplete(a: Float64Array, b: Float64Array, from: number): boolean {
  let zero = 0;
  for (let i = from; i < a.length; i++) zero += 0 * a[i] + 0 * b[i];
  return zero === 0;
}

/** Moves the values of complete bars to the front; `pairs` becomes 0 on these and na on the others. */
function keepPairs(
  a: Float64Array,
  b: Float64Array,
  pairs: Float64Array,
  left: Float64Array,
  right: Float64Array,
): number {
  let count = 0;
  for (let i = 0; i < pairs.length; i++) {
    const missing = isNa(a[i]) || isNa(b[i]);
    pairs[i] = missing ? Number.NaN : 0;
    if (missing) continue;
    left[count] = a[i];
    right[count] = b[i];
    count++;
  }
  return count;
}
