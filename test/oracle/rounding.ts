/**
 * How far a library's own rounding may carry it from the exact value, by the form in which it computes: the largest
 * error at each bar. Everything is a multiple of u = 2^-53 and of sums that the form really builds.
 */
export type Rounding = (x: Float64Array, period: number) => Float64Array;

const U = 2 ** -53;
const magnitude = (v: number) => (Number.isNaN(v) ? 0 : Math.abs(v));

/** Each value is right to the last digits. */
export const none: Rounding = (x) => new Float64Array(x.length);

/** An average of averages: each step rounds at the largest value so far, and n + 1 steps are remembered. */
export const recursive: Rounding = (x, n) =>
  largest(x.map(magnitude)).map((m) => 4 * (n + 1) * U * m);

/** A running sum, values added and taken away without compensation: TA-Lib. */
export const runningSum: Rounding = (x, n) => runningSumOf(x.map(magnitude), n);

/** Differences of sums from the start: vectorbt. */
export const cumulativeSum: Rounding = (x, n) => cumulativeSumOf(x.map(magnitude), n);

/** Kahan's compensation of a running sum: a few units of the largest value so far. pandas. */
export const compensatedSum: Rounding = (x) => largest(x.map(magnitude)).map((m) => 16 * U * m);

/** Of a variance, mean(x²) - mean(x)² of sums rounded once: 8 units in the last place of mean(x²). backtrader. */
export const squaresRoundedOnce: Rounding = (x, n) =>
  windowSums(squares(x), n).map((sum) => 8 * ulp(sum / n));

/** Of a variance from running sums of x and x². TA-Lib. */
export const runningSquares: Rounding = (x, n) => runningSumOf(squares(x), n).map((e) => 4 * e);

/** Of a variance from differences of sums of x and x² from the start. vectorbt. */
export const cumulativeSquares: Rounding = (x, n) =>
  cumulativeSumOf(squares(x), n).map((e) => 4 * e);

/** Of a variance from two passes over the window: the square of the mean's own rounding. numpy. */
export const twoPasses: Rounding = (x, n) =>
  largest(x.map(magnitude)).map((m) => (4 * Math.log2(n + 2) * U * m) ** 2);

/**
 * Of a variance that is updated by each value's distance from the mean (Welford): the mean is rounded at the price,
 * the sum of squares at the largest it has been. pandas.
 */
export const welford: Rounding = (x, n) => {
  const price = largest(x.map(magnitude));
  const start = x.find((v) => !Number.isNaN(v)) ?? 0;
  const spread = largest(x.map((v) => magnitude(v - start)));
  return price.map((m, i) => 16 * U * spread[i] * (spread[i] + m) * Math.sqrt(n));
};

/** Largest change of a deviation s ≥ 0 whose square is off by `error`. */
export function ofRoot(s: number, error: number): number {
  return Math.max(Math.sqrt(s * s + error) - s, s - Math.sqrt(Math.max(0, s * s - error)));
}

const squares = (x: Float64Array) => x.map((v) => magnitude(v) ** 2);

/** Running maximum. */
function largest(sizes: Float64Array): Float64Array {
  let most = 0;
  return sizes.map((size) => (most = Math.max(most, size)));
}

/** Sums of the last n sizes, of what there is. */
function windowSums(sizes: Float64Array, n: number): Float64Array {
  return sizes.map((_, i) =>
    sizes.subarray(Math.max(0, i - n + 1), i + 1).reduce((a, b) => a + b, 0),
  );
}

function runningSumOf(sizes: Float64Array, n: number): Float64Array {
  return largest(windowSums(sizes, n + 1)).map((sum, i) => (2 * (i + 2) * U * sum) / n);
}

function cumulativeSumOf(sizes: Float64Array, n: number): Float64Array {
  let sum = 0;
  return sizes.map((size, i) => (2 * (i + 2) * U * (sum += size)) / n);
}

/** Unit in the last place of a positive number. */
function ulp(value: number): number {
  return value > 0 ? 2 ** (Math.floor(Math.log2(value)) - 52) : 0;
}
