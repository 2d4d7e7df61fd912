export interface BenchmarkOptions {
  readonly barsPerYear: number;
  /** Annual fraction, 0 unless given. */
  readonly riskFreeReturn?: number;
}

/** A run beside a benchmark; null where a figure is undefined: nothing varies, or no bar of the benchmark has the sign. */
export interface BenchmarkStatistics {
  /** Cov(r, b) / Var(b). */
  readonly beta: number | null;
  /** Annualised, arithmetic: (mean(r - rf) - beta · mean(b - rf)) · year. */
  readonly alpha: number | null;
  readonly correlation: number | null;
  /** std(r - b, ddof 1) · √year. */
  readonly tracking_error: number | null;
  /** mean(r - b) / std(r - b, ddof 1) · √year. */
  readonly information_ratio: number | null;
  /** Geometric mean return over the benchmark's rising bars, over that of the benchmark. */
  readonly up_capture: number | null;
  /** The same over its falling bars. */
  readonly down_capture: number | null;
  readonly benchmark_return: number | null;
  /** (1 + total return) / (1 + benchmark's) - 1. */
  readonly relative_return: number | null;
}

/**
 * Alpha and beta (Jensen, The Performance of Mutual Funds in the Period 1945–1964, Journal of Finance 23, 1968),
 * information ratio (Goodwin, The Information Ratio, Financial Analysts Journal 54, 1998) and capture ratios
 * (Morningstar, Upside and Downside Capture Ratio) of bar returns against a benchmark's over the same bars.
 * @returns null for fewer than two bars, or where one return of either is na
 * @throws RangeError where the series differ in length
 */
export function benchmarkStatistics(
  returns: Float64Array,
  benchmark: Float64Array,
  { barsPerYear, riskFreeReturn = 0 }: BenchmarkOptions,
): BenchmarkStatistics | null {
  const n = returns.length;
  if (benchmark.length !== n) throw new RangeError("run and benchmark differ in length");
  if (n < 2 || !allFinite(returns) || !allFinite(benchmark)) return null;
  const m = jointMoments(returns, benchmark);
  const rf = riskFreeReturn / barsPerYear;
  const beta = m.bb > 0 ? m.rb / m.bb : null;
  const active = jointMoments(difference(returns, benchmark), benchmark);
  // Of two that are the same to the last bits, the rest is rounding.
  const differs = active.rr > 1e-13 * 1e-13 * (m.rr + m.bb);
  const error = differs ? Math.sqrt(active.rr / (n - 1)) : 0;
  const { up, down, level } = growths(returns, benchmark);
  const total = up.ours + down.ours + level.ours;
  const held = up.theirs + down.theirs;
  return {
    beta,
    alpha: beta === null ? null : (m.r - rf - beta * (m.b - rf)) * barsPerYear,
    correlation: m.rr > 0 && m.bb > 0 ? m.rb / Math.sqrt(m.rr * m.bb) : null,
    tracking_error: error * Math.sqrt(barsPerYear),
    information_ratio: error > 0 ? (active.r / error) * Math.sqrt(barsPerYear) : null,
    up_capture: capture(up),
    down_capture: capture(down),
    benchmark_return: Math.expm1(held),
    relative_return: Number.isFinite(held) ? Math.expm1(total - held) : null,
  };
}

/** Means of both, and sums of squares and products about them; a sum that is rounding alone is 0. */
function jointMoments(returns: Float64Array, benchmark: Float64Array) {
  const n = returns.length;
  let r = 0;
  let b = 0;
  for (let i = 0; i < n; i++) {
    r += returns[i];
    b += benchmark[i];
  }
  r /= n;
  b /= n;
  let rr = 0;
  let rb = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    const x = returns[i] - r;
    const y = benchmark[i] - b;
    rr += x * x;
    rb += x * y;
    bb += y * y;
  }
  const spread = (sum: number, about: number) => (sum > n * (1e-14 * about) ** 2 ? sum : 0);
  return { r, b, rr: spread(rr, r), rb, bb: spread(bb, b) };
}

/** Σ ln(1 + r) of both over some bars; -Infinity where all is lost. */
interface Growth {
  count: number;
  ours: number;
  theirs: number;
}

function capture({ count, ours, theirs }: Growth): number | null {
  return count === 0 ? null : Math.expm1(ours / count) / Math.expm1(theirs / count);
}

/** Over the bars on which the benchmark rose, fell, and stayed. */
function growths(returns: Float64Array, benchmark: Float64Array) {
  const none = (): Growth => ({ count: 0, ours: 0, theirs: 0 });
  const [up, down, level] = [none(), none(), none()];
  for (let i = 0; i < returns.length; i++) {
    const b = benchmark[i];
    const part = b > 0 ? up : b < 0 ? down : level;
    part.count++;
    part.ours += Math.log1p(Math.max(-1, returns[i]));
    part.theirs += Math.log1p(Math.max(-1, b));
  }
  return { up, down, level };
}

function allFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] - b[i];
  return out;
}
