import { sortedQuantile } from "../analysis/quantile.ts";

/** What every method that draws at random takes. */
export interface ResamplingOptions {
  /** 10,000 unless given. */
  readonly resamples?: number;
  /** Whole number, 1 unless given: the same seed gives the same answer. */
  readonly seed?: number;
  /** Of the interval, 0.95 unless given. */
  readonly confidence?: number;
}

export interface Resampling {
  readonly resamples: number;
  readonly seed: number;
  readonly confidence: number;
}

const MAX_RESAMPLES = 10_000_000;

/** @throws RangeError where an option is out of its range */
export function resampling(options: ResamplingOptions): Resampling {
  const { resamples = 10_000, seed = 1, confidence = 0.95 } = options;
  if (!(Number.isInteger(resamples) && resamples >= 1 && resamples <= MAX_RESAMPLES)) {
    throw new RangeError(`resamples is a whole number from 1 to ${MAX_RESAMPLES}`);
  }
  checkConfidence(confidence);
  return { resamples, seed, confidence };
}

/** @throws RangeError unless strictly between 0 and 1 */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence lies between 0 and 1, not at ${confidence}`);
  }
}

/** An estimate, and the quantiles of its resampled values that hold the middle `confidence` of them. */
export interface ResampledInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Of the resampled values. */
  readonly median: number;
}

/** The percentile interval (Efron, The Jackknife, the Bootstrap and Other Resampling Plans, 1982). Sorts `values`. */
export function percentileInterval(
  estimate: number,
  values: Float64Array,
  confidence: number,
): ResampledInterval {
  values.sort();
  const tail = (1 - confidence) / 2;
  return {
    estimate,
    low: sortedQuantile(values, tail),
    high: sortedQuantile(values, 1 - tail),
    median: sortedQuantile(values, 0.5),
  };
}

/**
 * Share of values at least as large as what was observed, which counts as one more of them, so never 0
 * (Phipson and Smyth, Permutation P-values Should Never Be Zero, 2010).
 */
export function exceedance(values: Float64Array, observed: number): number {
  let count = 1;
  for (const value of values) if (value >= observed) count++;
  return count / (values.length + 1);
}
