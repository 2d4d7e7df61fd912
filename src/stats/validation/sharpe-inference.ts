import { normalCdf, normalQuantile } from "./special/normal.ts";

/** A Sharpe ratio with what its distribution depends on. */
export interface SharpeEstimate {
  /** Bars. */
  readonly count: number;
  /** Per bar, not annualised. */
  readonly sharpe: number;
  readonly skewness: number;
  /** Raw: 3 for a normal distribution. */
  readonly kurtosis: number;
}

const EULER = 0.5772156649015329;

/**
 * The Sharpe ratio per bar of excess returns, with population skewness and raw kurtosis.
 * @param riskFreePerBar taken off each return
 * @returns null where there are fewer than two returns, one is na, or none differs from another
 */
export function sharpeEstimate(returns: Float64Array, riskFreePerBar = 0): SharpeEstimate | null {
  const n = returns.length;
  if (n < 2) return null;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += returns[i];
  const mean = sum / n;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < n; i++) {
    const off = returns[i] - mean;
    const square = off * off;
    second += square;
    third += square * off;
    fourth += square * square;
  }
  if (!(second > n * (1e-14 * mean) ** 2)) return null;
  const variance = second / n;
  return {
    count: n,
    sharpe: (mean - riskFreePerBar) / Math.sqrt(second / (n - 1)),
    skewness: third / n / (variance * Math.sqrt(variance)),
    kurtosis: fourth / n / (variance * variance),
  };
}

/**
 * Probability that the true Sharpe ratio per bar exceeds `benchmark`
 * (Bailey and López de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15, 2012, equation 11), with raw
 * kurtosis: vectorbt, LEAN and older versions of QuantStats put the excess kurtosis there.
 * @returns null where the moments give no positive variance
 */
export function probabilisticSharpe(estimate: SharpeEstimate, benchmark = 0): number | null {
  const variance = sharpeVariance(estimate);
  if (variance === null || estimate.count < 2) return null;
  const distance = (estimate.sharpe - benchmark) * Math.sqrt(estimate.count - 1);
  return normalCdf(distance / Math.sqrt(variance));
}

/** 1 - γ3 SR + (γ4 - 1)/4 SR²: T - 1 times the variance of the estimate (ibid., equation 7). */
function sharpeVariance({ sharpe, skewness, kurtosis }: SharpeEstimate): number | null {
  const variance = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return variance > 0 ? variance : null;
}

/**
 * Standard error of a Sharpe ratio per bar (Mertens, Comments on Variance of the IID Estimator in Lo, 2002).
 * @returns null where the moments give no positive variance
 */
export function sharpeError(estimate: SharpeEstimate): number | null {
  const variance = sharpeVariance(estimate);
  return variance === null || estimate.count < 2
    ? null
    : Math.sqrt(variance / (estimate.count - 1));
}

/**
 * Expected maximum of the Sharpe ratios of `trials` strategies without skill, whose Sharpe ratios have `variance`
 * (Bailey and López de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40, 2014, equation 1).
 * 0 for one trial.
 * @throws RangeError unless trials ≥ 1 and variance ≥ 0
 */
export function expectedMaximumSharpe(trials: number, variance: number): number {
  if (!(trials >= 1 && variance >= 0)) {
    throw new RangeError(`no maximum of ${trials} trials with variance ${variance}`);
  }
  if (trials === 1) return 0;
  // By the upper tail, so that 1 - 1/N does not round.
  const upper = (tail: number) => -normalQuantile(tail);
  return (
    Math.sqrt(variance) * ((1 - EULER) * upper(1 / trials) + EULER * upper(1 / (trials * Math.E)))
  );
}

/** What is left of a Sharpe ratio after it was chosen among many. */
export interface DeflatedSharpe {
  /** Independent trials that it was chosen from. */
  readonly trials: number;
  /** Of the trials' Sharpe ratios per bar. */
  readonly variance: number;
  /** SR0 per bar: what the best of as many trials without skill is expected to show. */
  readonly expected_maximum: number;
  /** Probability that the true Sharpe ratio exceeds 0 given the choice; null where the moments give no variance. */
  readonly probability: number | null;
}

/**
 * The deflated Sharpe ratio (ibid., equation 2).
 * @param variance of the trials' Sharpe ratios per bar (see `varianceOfTrials`)
 */
export function deflatedSharpe(
  estimate: SharpeEstimate,
  trials: number,
  variance: number,
): DeflatedSharpe {
  const expected_maximum = expectedMaximumSharpe(trials, variance);
  const probability = probabilisticSharpe(estimate, expected_maximum);
  return { trials, variance, expected_maximum, probability };
}

/** Sample variance of the trials' Sharpe ratios that are defined; null for fewer than two. */
export function varianceOfTrials(sharpes: Float64Array): number | null {
  const defined = sharpes.filter((value) => Number.isFinite(value));
  if (defined.length < 2) return null;
  const mean = defined.reduce((sum, value) => sum + value, 0) / defined.length;
  return defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (defined.length - 1);
}

/**
 * Variance of a Sharpe ratio per bar under normal returns, (1 + SR²/2)/(T - 1), for where the trials' own are not
 * known (Lo, The Statistics of Sharpe Ratios, Financial Analysts Journal 58, 2002).
 */
export function normalSharpeVariance(sharpe: number, count: number): number {
  return (1 + (sharpe * sharpe) / 2) / (count - 1);
}

/**
 * Bars that it takes until the Sharpe ratio is above `benchmark` with this confidence
 * (Bailey and López de Prado 2012, equation 13).
 * @returns null where the Sharpe ratio is not above the benchmark, or the moments give no variance
 */
export function minimumTrackRecord(
  estimate: SharpeEstimate,
  benchmark = 0,
  confidence = 0.95,
): number | null {
  const variance = sharpeVariance(estimate);
  if (variance === null || !(estimate.sharpe > benchmark)) return null;
  const z = normalQuantile(confidence) / (estimate.sharpe - benchmark);
  return 1 + variance * z * z;
}
