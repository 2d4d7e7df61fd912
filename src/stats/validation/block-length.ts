/** Mean block lengths that serve the stationary and the circular block bootstrap of a series best. */
export interface BlockLengths {
  readonly stationary: number;
  readonly circular: number;
}

/**
 * Automatic choice of the block length from a series' own autocorrelation
 * (Politis and White, Econometric Reviews 23, 2004; corrected by Patton, Politis and White, ibid. 28, 2009).
 * At least 1. Takes about n·√n steps.
 */
export function optimalBlockLength(series: Float64Array): BlockLengths {
  const n = series.length;
  if (n < 8) return { stationary: 1, circular: 1 };
  const deviations = centred(series);
  const run = Math.max(5, Math.floor(Math.log10(n)));
  const longest = Math.min(n - 2, Math.ceil(Math.sqrt(n)) + run);
  const covariance = Float64Array.from({ length: longest + 1 }, (_, k) => lagged(deviations, k));
  if (!(covariance[0] > 0)) return { stationary: 1, circular: 1 };
  const bandwidth = Math.min(longest, 2 * significantLags(deviations, covariance, run));
  const { spectrum, slope } = flatTop(covariance, bandwidth);
  const most = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = (factor: number) =>
    Math.min(most, Math.max(1, Math.cbrt(((slope * slope) / (factor * spectrum * spectrum)) * n)));
  return { stationary: length(1), circular: length(2 / 3) };
}

function centred(series: Float64Array): Float64Array {
  const mean = series.reduce((sum, x) => sum + x, 0) / series.length;
  return series.map((x) => x - mean);
}

function lagged(x: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < x.length; i++) sum += x[i] * x[i - lag];
  return sum / x.length;
}

/**
 * The first lag from which on `run` autocorrelations are insignificant; as far as known where there is none. They are
 * taken as arch takes them: of a lag's covariance and the variances of the two parts that overlap a lag later.
 */
function significantLags(x: Float64Array, covariance: Float64Array, run: number): number {
  const n = x.length;
  const limit = 2 * Math.sqrt(Math.log10(n) / n);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += x[i] * x[i];
  let [first, last] = [squares, squares];
  let insignificant = 0;
  for (let lag = 0; lag < covariance.length - 1; lag++) {
    first -= x[lag] * x[lag];
    last -= x[n - 1 - lag] * x[n - 1 - lag];
    const correlation = Math.abs(covariance[lag] * n) / Math.sqrt(first * last);
    insignificant = correlation < limit ? insignificant + 1 : 0;
    if (insignificant === run) return lag - run + 1;
  }
  return covariance.length;
}

/** Σ λ(k/m) R(k) and Σ λ(k/m) |k| R(k) over all lags of both signs, λ the flat-top window. */
function flatTop(covariance: Float64Array, m: number): { spectrum: number; slope: number } {
  let spectrum = covariance[0];
  let slope = 0;
  for (let k = 1; k <= m; k++) {
    const weight = k / m <= 0.5 ? 1 : 2 * (1 - k / m);
    spectrum += 2 * weight * covariance[k];
    slope += 2 * weight * k * covariance[k];
  }
  return { spectrum, slope };
}
