import { countDefined, firstDefined, isNa } from "./na.ts";

/**
 * A window function over values without na: writes every output from bar `from + period - 1` on.
 * Returns 0, or NaN when it met na and its outputs are meaningless. (A number, for V8 keeps leaving optimised
 * code where a function ends in a comparison that it has not seen while its loop was compiled.)
 */
export type DenseWindow = (
  source: Float64Array,
  from: number,
  period: number,
  outputs: readonly Float64Array[],
) => number;

/** na inside a window: `skip` it (the last `period` defined values; carried on an na bar), or `require` all values. */
export type NaRule = "skip" | "require";

/**
 * Runs a dense window function over a source that may hold na, na in front of every output.
 * na before the first value is warm-up under either rule. The bits do not depend on the path taken:
 * blocks count defined values.
 */
export function overWindow(
  dense: DenseWindow,
  source: Float64Array,
  period: number,
  outputs: readonly Float64Array[],
  rule: NaRule,
): void {
  const count = whole(period);
  const from = firstDefined(source);
  const first = from + count - 1;
  for (const out of outputs) out.fill(Number.NaN, 0, first);
  if (first >= source.length) return;
  if (dense(source, from, count, outputs) === 0) return;
  overGaps(dense, source, from, count, outputs, rule);
}

/**
 * The same count, as V8 keeps integers. One out of an array that holds fractions too is a double, and every place reckoned
 * with it would be one: in all calls of a function, once it has seen one.
 */
export function whole(count: number): number {
  return count | 0;
}

/** The path with na inside: the defined values alone go through the window function, then back to their bars. */
function overGaps(
  dense: DenseWindow,
  source: Float64Array,
  from: number,
  period: number,
  outputs: readonly Float64Array[],
  rule: NaRule,
): void {
  const values = new Float64Array(countDefined(source, from));
  let count = 0;
  for (let i = from; i < source.length; i++) if (!isNa(source[i])) values[count++] = source[i];
  const results = outputs.map(() => new Float64Array(values.length).fill(Number.NaN));
  if (values.length >= period) dense(values, 0, period, results);
  outputs.forEach((out, k) => {
    spread(source, from, results[k], out, rule === "skip" ? 0 : period);
  });
}

/** Puts the n-th result on the bar of the n-th value; `run` consecutive values are needed, 0 carries over na. */
export function spread(
  source: Float64Array,
  from: number,
  results: Float64Array,
  out: Float64Array,
  run: number,
): void {
  let count = 0;
  let length = 0;
  let last = Number.NaN;
  for (let i = from; i < source.length; i++) {
    if (isNa(source[i])) length = 0;
    else {
      length++;
      const result = results[count++];
      last = isNa(result) ? Number.NaN : result;
    }
    out[i] = length >= run ? last : Number.NaN;
  }
}
