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
  if (n < 2 || !returns.every(Number.isFinite) || !benchmark.every(Number.isFinite)) return null;
  const m = jointMoments(returns, benchmark);
  const rf = riskFreeReturn / barsPerYear;
  const beta = m.bb > 0 ? m.rb / m.bb : null;
  const active = jointMoments(
    returns.map((r, i) => r - benchmark[i]),
    benchmark,
  );
  const error = Math.sqrt(active.rr / (n - 1));
  const total = growth(returns, () => true);
  const held = growth(benchmark, () => true);
  return {
    beta,
    alpha: beta === null ? null : (m.r - rf - beta * (m.b - rf)) * barsPerYear,
    correlation: m.rr > 0 && m.bb > 0 ? m.rb / Math.sqrt(m.rr * m.bb) : null,
    tracking_error: error * Math.sqrt(barsPerYear),
    information_ratio: error > 0 ? (active.r / error) * Math.sqrt(barsPerYear) : null,
    up_capture: capture(returns, benchmark, (b) => b > 0),
    down_capture: capture(returns, benchmark, (b) => b < 0),
    benchmark_return: Math.expm1(held.logs),
    relative_return: Number.isFinite(held.logs) ? Math.expm1(total.logs - held.logs) : null,
  };
}

/** Means of both, and sums of squares and products about them; a sum that is rounding alone is 0. */
function jointMoments(returns: Float64Array, benchmark: Float64Array) {
  const n = returns.length;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n;
  const [r, b] = [mean(returns), mean(benchmark)];
  let [rr, rb, bb] = [0, 0, 0];
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

function capture(
  returns: Float64Array,
  benchmark: Float64Array,
  chosen: (b: number) => boolean,
): number | null {
  const at = (i: number) => chosen(benchmark[i]);
  const ours = growth(returns, at);
  const theirs = growth(benchmark, at);
  if (theirs.count === 0) return null;
  return Math.expm1(ours.logs / ours.count) / Math.expm1(theirs.logs / theirs.count);
}

/** Σ ln(1 + r) over the chosen bars; -Infinity where all is lost. */
function growth(returns: Float64Array, chosen: (i: number) => boolean) {
  let logs = 0;
  let count = 0;
  for (let i = 0; i < returns.length; i++) {
    if (!chosen(i)) continue;
    logs += Math.log1p(Math.max(-1, returns[i]));
    count++;
  }
  return { logs, count };
}
