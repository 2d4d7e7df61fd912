import { ofRoot, type Rounding } from "./rounding.ts";

/** Whether our value at a bar agrees with the library's. */
export type Judge = (
  x: Float64Array,
  period: number,
) => (ours: number, theirs: number, i: number, output: number) => boolean;

/** What the issue asks of every value, beside what the library itself rounds away. */
const RELATIVE = 1e-9;
/** TA_IS_ZERO of TA-Lib 0.6. */
const TALIB_ZERO = 1e-14;

const near = (ours: number, theirs: number, allowed: number) =>
  Object.is(ours, theirs) ||
  ours === theirs ||
  Math.abs(ours - theirs) <= RELATIVE * Math.abs(theirs) + allowed;

export const exact: Judge = () => (ours, theirs) => Object.is(ours, theirs) || ours === theirs;

export const closeTo =
  (rounding: Rounding): Judge =>
  (x, n) => {
    const allowed = rounding(x, n);
    return (ours, theirs, i) => near(ours, theirs, allowed[i]);
  };

/** A deviation, of which `rounding` is that of the variance; `floor`: a variance below it may be 0. */
export const deviation =
  (rounding: Rounding, floor = 0): Judge =>
  (x, n) => {
    const allowed = rounding(x, n);
    return (ours, theirs, i) => near(ours, theirs, ofDeviation(ours, theirs, allowed[i], floor));
  };

/** Bands around a mean, k deviations away. */
export const bands =
  (k: number, ofMean: Rounding, ofVariance: Rounding, floor = 0): Judge =>
  (x, n) => {
    const mean = ofMean(x, n);
    const variance = ofVariance(x, n);
    const trueVariance = variances(x, n);
    return (ours, theirs, i, output) => {
      if (output === 0) return near(ours, theirs, mean[i]);
      const s = Math.sqrt(trueVariance[i]);
      const off = ofRoot(s, variance[i] + (s * s < floor + variance[i] ? floor : 0));
      return near(ours, theirs, mean[i] + k * (off + RELATIVE * s));
    };
  };

function ofDeviation(ours: number, theirs: number, error: number, floor: number): number {
  const zeroed = ours === 0 || theirs === 0 ? floor : 0;
  return ofRoot(Math.max(ours, theirs), error + zeroed);
}

/** RSI of averages by recurrence: rounding of 3 operations, remembered n steps. */
export const strength: Judge = (_, n) => (ours, theirs) =>
  near(ours, theirs, roundingOfStrength(n));

/** The same, where no change at all is na of ours and 50 of backtrader's RSI_Safe. */
export const strengthOrNa: Judge = (x, n) => {
  const moves = wilderMoves(x, n);
  return (ours, theirs, i) =>
    moves[i] === 0 && theirs === 50
      ? Number.isNaN(ours)
      : near(ours, theirs, roundingOfStrength(n));
};

/** TA-Lib 0.6 answers 0 where rises and falls together are below 1e-14. */
export const talibStrength: Judge = (x, n) => {
  const moves = wilderMoves(x, n);
  return (ours, theirs, i) =>
    (theirs === 0 && moves[i] < TALIB_ZERO * (1 + 1e-9)) ||
    near(ours, theirs, roundingOfStrength(n));
};

/** RSI of plain means that come from sums from the start; where these are all rounding, so is the answer. */
export const cumulativeStrength =
  (ofMeans: Rounding): Judge =>
  (x, n) => {
    const changes = x.map((v, i) => (i === 0 ? Number.NaN : Math.abs(v - x[i - 1])));
    const error = ofMeans(changes, n);
    const moves = means(changes, n);
    return (ours, theirs, i) => {
      if (moves[i] <= 4 * error[i]) return true;
      return near(ours, theirs, roundingOfStrength(n) + (400 * error[i]) / moves[i]);
    };
  };

const roundingOfStrength = (n: number) => 100 * 8 * (n + 4) * 2 ** -53;

/** Wilder's average of |change|, which is that of the rises plus that of the falls. */
function wilderMoves(x: Float64Array, n: number): Float64Array {
  const out = new Float64Array(x.length);
  const start = x.findIndex((v) => !Number.isNaN(v));
  let average = 0;
  for (let i = start + 1; start >= 0 && i < x.length; i++) {
    const size = Math.abs(x[i] - x[i - 1]);
    average = i <= start + n ? average + size / n : (average * (n - 1) + size) / n;
    out[i] = average;
  }
  return out;
}

function means(x: Float64Array, n: number): Float64Array {
  return x.map((_, i) => {
    const window = x.subarray(Math.max(0, i - n + 1), i + 1);
    return window.reduce((a, b) => a + b, 0) / n;
  });
}

function variances(x: Float64Array, n: number): Float64Array {
  return x.map((_, i) => {
    const window = x.subarray(Math.max(0, i - n + 1), i + 1);
    const mean = window.reduce((a, b) => a + b, 0) / window.length;
    return window.reduce((a, b) => a + (b - mean) ** 2, 0) / window.length;
  });
}
