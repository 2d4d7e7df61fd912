import type { Rolling, RollingOptions } from "./rolling.ts";

export interface RollingPointsOptions extends RollingOptions {
  /** Those of the equity; na from ruin on. */
  readonly returns: Float64Array;
  /** Bars from one point to the next. */
  readonly every: number;
}

/**
 * What `rollingMetrics` has at the bars window - 1, window - 1 + every …, one value per such bar, but for rounding. Bars
 * between two points are summed up once, and the windows are joined from these sums (see `rollingMetrics`): so that a
 * picture of some thousand points costs one pass over the bars.
 */
export function rollingPoints(
  equity: Float64Array,
  cash: number,
  { returns, window, every, barsPerYear, riskFreeReturn = 0 }: RollingPointsOptions,
): Rolling {
  const length = Math.max(0, Math.floor((equity.length - window) / every) + 1);
  const ends = Float64Array.from({ length }, (_, k) => window - 1 + k * every);
  const moments = windows(momentsOf, joinMoments, returns, window, every);
  const levels = new Float64Array(equity.length + 1);
  levels[0] = cash;
  levels.set(equity, 1);
  // A window of returns reaches from the equity before the first of them to that at the last.
  const falls = windows(fallOf, joinFalls, levels, window + 1, every);
  const sound = (end: number) => !Number.isNaN(returns[end]);
  const rf = riskFreeReturn / barsPerYear;
  const volatility = ends.map((_, k) =>
    Math.sqrt((moments[k].variation / (window - 1)) * barsPerYear),
  );
  return {
    total_return: ends.map((end) =>
      sound(end) ? levels[end + 1] / levels[end + 1 - window] - 1 : Number.NaN,
    ),
    volatility,
    sharpe: ends.map((_, k) =>
      moments[k].variation > 0
        ? ((moments[k].mean - rf) / volatility[k]) * barsPerYear
        : Number.NaN,
    ),
    drawdown: ends.map((end, k) => (sound(end) ? 1 - falls[k].kept : Number.NaN)),
  };
}

/** What is kept of the values from index `from` to `to`, exclusive; `to` > `from`. */
type Summary<Part> = (values: Float64Array, from: number, to: number) => Part;
type Join<Part> = (first: Part, second: Part) => Part;

/** Summaries of the windows that begin at 0, every, 2 every …, as many as fit. */
function windows<Part>(
  summary: Summary<Part>,
  join: Join<Part>,
  values: Float64Array,
  window: number,
  every: number,
): Part[] {
  const n = values.length;
  const whole = Math.floor(window / every);
  const rest = window - whole * every;
  const begins = Array.from(
    { length: Math.max(0, Math.floor((n - window) / every) + 1) },
    (_, k) => k * every,
  );
  if (whole === 0) return begins.map((from) => summary(values, from, from + window));
  const parts = Array.from({ length: Math.floor(n / every) }, (_, k) =>
    summary(values, k * every, (k + 1) * every),
  );
  const runs = joinRuns(parts, whole, join);
  if (rest === 0) return runs;
  return begins.map((from, k) => {
    const end = from + window;
    return join(runs[k], summary(values, end - rest, end));
  });
}

/** The join of each `count` parts that follow one another: the end of one block of them and the beginning of the next. */
function joinRuns<Part>(parts: readonly Part[], count: number, join: Join<Part>): Part[] {
  const runs: Part[] = [];
  for (let block = 0; block + count <= parts.length; block += count) {
    const ends = parts.slice(block, block + count);
    for (let k = count - 2; k >= 0; k--) ends[k] = join(ends[k], ends[k + 1]);
    runs.push(ends[0]);
    let begin: Part | null = null;
    for (let k = 1; k < count && block + count + k <= parts.length; k++) {
      const next = parts[block + count + k - 1];
      begin = begin === null ? next : join(begin, next);
      runs.push(join(ends[k], begin));
    }
  }
  return runs;
}

interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sum of (value - mean)²; exactly 0 where values do not vary. */
  readonly variation: number;
}

/** From the differences to the first value, which are small beside rounding where values hardly vary. */
function momentsOf(values: Float64Array, from: number, to: number): Moments {
  const first = values[from];
  const count = to - from;
  let sum = 0;
  let squares = 0;
  for (let i = from + 1; i < to; i++) {
    const off = values[i] - first;
    sum += off;
    squares += off * off;
  }
  const variation = Math.max(0, squares - (sum * sum) / count);
  return { count, mean: first + sum / count, variation };
}

/** Chan, Golub and LeVeque, The American Statistician 37, 1983. */
function joinMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  const gap = b.mean - a.mean;
  return {
    count,
    mean: a.mean + (gap * b.count) / count,
    variation: a.variation + b.variation + (gap * gap * a.count * b.count) / count,
  };
}

interface Fall {
  readonly peak: number;
  readonly trough: number;
  /** The least x[j] / x[i], i ≤ j. */
  readonly kept: number;
}

function fallOf(values: Float64Array, from: number, to: number): Fall {
  let peak = values[from];
  let trough = peak;
  let kept = 1;
  // Below it a value may be the least share of a peak: spares the others the division.
  let floor = peak;
  for (let i = from + 1; i < to; i++) {
    const value = values[i];
    if (value > peak) {
      peak = value;
      floor = kept * peak;
    } else if (value < floor) {
      kept = value / peak;
      floor = value;
    }
    if (value < trough) trough = value;
  }
  return { peak, trough, kept };
}

function joinFalls(a: Fall, b: Fall): Fall {
  return {
    peak: Math.max(a.peak, b.peak),
    trough: Math.min(a.trough, b.trough),
    kept: Math.min(a.kept, b.kept, b.trough / a.peak),
  };
}
