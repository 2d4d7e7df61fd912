import { barReturns } from "./bar-returns.ts";

export interface RollingOptions {
  /** Bars, at least 2. */
  readonly window: number;
  readonly barsPerYear: number;
  /** Annual fraction, 0 unless given. */
  readonly riskFreeReturn?: number;
}

/** One value per bar, over the `window` returns up to it; the first `window` - 1 are na, and all from ruin on. */
export interface Rolling {
  /** Equity / equity before the first return of the window - 1. */
  readonly total_return: Float64Array;
  /** std(r, ddof 1) · √year. */
  readonly volatility: Float64Array;
  /** mean(r - rf) / std(r, ddof 1) · √year; na where returns do not vary. */
  readonly sharpe: Float64Array;
  /** Deepest fall within the window, from a maximum within it, the equity before its first return included. */
  readonly drawdown: Float64Array;
}

/**
 * Rolling return, volatility, Sharpe ratio and maximum drawdown of equity. A window is the end of one block of `window` bars
 * and the beginning of the next, whose summaries are joined: linear in the bars, without the drift of sliding sums
 * (van Herk, Pattern Recognition Letters 13, 1992; moments by Chan, Golub and LeVeque, The American Statistician 37, 1983).
 * @throws RangeError unless window is a whole number from 2 up
 */
export function rollingMetrics(
  equity: Float64Array,
  cash: number,
  options: RollingOptions,
): Rolling {
  const { window } = options;
  if (!(Number.isInteger(window) && window >= 2)) {
    throw new RangeError(`a window has two bars or more, not ${window}`);
  }
  const returns = barReturns(equity, cash);
  return {
    total_return: rollingReturn(equity, cash, returns, window),
    ...rollingRatios(returns, options),
    drawdown: rollingDrawdown(equity, cash, returns, window),
  };
}

function rollingReturn(
  equity: Float64Array,
  cash: number,
  returns: Float64Array,
  window: number,
): Float64Array {
  const found = new Float64Array(equity.length).fill(Number.NaN);
  for (let i = window - 1; i < equity.length && !Number.isNaN(returns[i]); i++) {
    found[i] = equity[i] / (i < window ? cash : equity[i - window]) - 1;
  }
  return found;
}

function rollingRatios(
  returns: Float64Array,
  { window, barsPerYear, riskFreeReturn = 0 }: RollingOptions,
): Pick<Rolling, "volatility" | "sharpe"> {
  const { means, variations } = rollingMoments(returns, window);
  const year = Math.sqrt(barsPerYear);
  const rf = riskFreeReturn / barsPerYear;
  const volatility = new Float64Array(returns.length);
  const sharpe = new Float64Array(returns.length);
  for (let i = 0; i < returns.length; i++) {
    volatility[i] = Math.sqrt(variations[i] / (window - 1)) * year;
    sharpe[i] = variations[i] > 0 ? ((means[i] - rf) / volatility[i]) * barsPerYear : Number.NaN;
  }
  return { volatility, sharpe };
}

/** Mean and Σ (r - mean)² of each window; a window that does not vary has exactly 0. */
function rollingMoments(
  r: Float64Array,
  window: number,
): { means: Float64Array; variations: Float64Array } {
  const n = r.length;
  const means = new Float64Array(n).fill(Number.NaN);
  const variations = new Float64Array(n).fill(Number.NaN);
  const endMeans = new Float64Array(window);
  const endVariations = new Float64Array(window);
  for (let block = 0; block + window <= n; block += window) {
    momentsOfEnds(r, block, endMeans, endVariations);
    means[block + window - 1] = endMeans[0];
    variations[block + window - 1] = endVariations[0];
    let mean = 0;
    let variation = 0;
    for (let k = 1; k < window && block + window + k - 1 < n; k++) {
      const x = r[block + window + k - 1];
      const off = x - mean;
      mean += off / k;
      variation += off * (x - mean);
      const gap = mean - endMeans[k];
      const at = block + window + k - 1;
      means[at] = endMeans[k] + (gap * k) / window;
      variations[at] = endVariations[k] + variation + (gap * gap * k * (window - k)) / window;
    }
  }
  return { means, variations };
}

/** Of the last `window - k` returns of a block, for each k. */
function momentsOfEnds(
  r: Float64Array,
  block: number,
  means: Float64Array,
  variations: Float64Array,
): void {
  const window = means.length;
  let mean = 0;
  let variation = 0;
  for (let k = window - 1; k >= 0; k--) {
    const x = r[block + k];
    const off = x - mean;
    mean += off / (window - k);
    variation += off * (x - mean);
    means[k] = mean;
    variations[k] = variation;
  }
}

/** A window of returns reaches from the equity before the first of them to that at the last. */
function rollingDrawdown(
  equity: Float64Array,
  cash: number,
  returns: Float64Array,
  window: number,
): Float64Array {
  const levels = new Float64Array(equity.length + 1);
  levels[0] = cash;
  levels.set(equity, 1);
  const found = rollingFalls(levels, window + 1).subarray(1);
  // Returns are na from ruin on.
  let sound = returns.length;
  while (sound > 0 && Number.isNaN(returns[sound - 1])) sound--;
  return found.fill(Number.NaN, sound);
}

/** Greatest 1 - x[j] / x[i], i ≤ j, of each window: within its first part, within its second, or between them. */
function rollingFalls(x: Float64Array, window: number): Float64Array {
  const n = x.length;
  const falls = new Float64Array(n).fill(Number.NaN);
  const peaks = new Float64Array(window);
  const ends = new Float64Array(window);
  for (let block = 0; block + window <= n; block += window) {
    fallsOfEnds(x, block, peaks, ends);
    falls[block + window - 1] = 1 - ends[0];
    let peak = 0;
    let trough = Number.POSITIVE_INFINITY;
    let kept = 1;
    for (let k = 1; k < window && block + window + k - 1 < n; k++) {
      const at = block + window + k - 1;
      if (x[at] > peak) peak = x[at];
      if (x[at] < trough) trough = x[at];
      kept = Math.min(kept, x[at] / peak);
      falls[at] = 1 - Math.min(kept, ends[k], trough / peaks[k]);
    }
  }
  return falls;
}

/** Of the last `window - k` values of a block: their maximum, and the least x[j] / x[i], i ≤ j. */
function fallsOfEnds(
  x: Float64Array,
  block: number,
  peaks: Float64Array,
  kept: Float64Array,
): void {
  let peak = 0;
  let trough = Number.POSITIVE_INFINITY;
  let least = 1;
  for (let k = peaks.length - 1; k >= 0; k--) {
    const value = x[block + k];
    if (value > peak) peak = value;
    if (value < trough) trough = value;
    least = Math.min(least, trough / value);
    peaks[k] = peak;
    kept[k] = least;
  }
}
