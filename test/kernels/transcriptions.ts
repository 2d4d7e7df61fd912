/**
 * Plain transcriptions of other systems' formulas, written for reading: each value is computed from its window or
 * from the value before, O(length · period). NaN is missing. They share no code with the kernels.
 */
export type Series = readonly number[];

const missing = Number.isNaN;
const blank = (length: number): number[] => new Array<number>(length).fill(Number.NaN);
const sum = (xs: Series): number => xs.reduce((a, b) => a + b, 0);
const mean = (xs: Series): number => sum(xs) / xs.length;

/** `f` of the last n bars where all are there. */
function rolling(x: Series, n: number, f: (window: Series) => number): number[] {
  return x.map((_, i) => {
    const window = x.slice(Math.max(0, i - n + 1), i + 1);
    return window.length < n || window.some(missing) ? Number.NaN : f(window);
  });
}

/** pandas: Series.ewm(alpha=…, adjust=False, ignore_na=False, min_periods=…).mean(). */
export function pandasEwmAlpha(x: Series, alpha: number, minPeriods = 1): number[] {
  const y = blank(x.length);
  let weighted = Number.NaN;
  let oldWeight = 1;
  let observed = 0;
  x.forEach((value, i) => {
    if (!missing(value)) observed++;
    if (missing(weighted)) weighted = value;
    else {
      oldWeight *= 1 - alpha;
      if (!missing(value)) {
        if (weighted !== value) {
          weighted = (oldWeight * weighted + alpha * value) / (oldWeight + alpha);
        }
        oldWeight = 1;
      }
    }
    y[i] = observed >= minPeriods ? weighted : Number.NaN;
  });
  return y;
}

/** pandas: Series.ewm(span=n, adjust=False).mean(). */
export const pandasEwm = (x: Series, n: number): number[] => pandasEwmAlpha(x, 2 / (n + 1));

/** vectorbt: MA.run(x, n, ewm=True), that is ewm(span=n, adjust=False, min_periods=n).mean(). */
export const vectorbtEwm = (x: Series, n: number): number[] => pandasEwmAlpha(x, 2 / (n + 1), n);

export const pandasMax = (x: Series, n: number) => rolling(x, n, (w) => Math.max(...w));
export const pandasMin = (x: Series, n: number) => rolling(x, n, (w) => Math.min(...w));
export const pandasMean = (x: Series, n: number) => rolling(x, n, mean);

/** pandas: Series.rolling(n).std(ddof=…), in two passes. */
export function pandasStd(x: Series, n: number, ddof: number): number[] {
  return rolling(x, n, (w) => {
    const m = mean(w);
    return n > ddof ? Math.sqrt(sum(w.map((v) => (v - m) ** 2)) / (n - ddof)) : Number.NaN;
  });
}

const rises = (x: Series) => x.map((v, i) => (i === 0 ? Number.NaN : clip(v - x[i - 1])));
const falls = (x: Series) => x.map((v, i) => (i === 0 ? Number.NaN : clip(x[i - 1] - v)));
const clip = (change: number) => (missing(change) ? change : Math.max(change, 0));

/** pandas: 100 - 100 / (1 + rises.ewm(alpha=1/n, adjust=False).mean() / falls.ewm(…).mean()). */
export function pandasRsi(x: Series, n: number): number[] {
  const up = pandasEwmAlpha(rises(x), 1 / n);
  const down = pandasEwmAlpha(falls(x), 1 / n);
  return up.map((u, i) => 100 - 100 / (1 + u / down[i]));
}

/** vectorbt: RSI.run(x, n), of plain means of the changes. */
export function vectorbtRsi(x: Series, n: number): number[] {
  const up = pandasMean(rises(x), n);
  const down = pandasMean(falls(x), n);
  return up.map((u, i) => 100 - 100 / (1 + u / down[i]));
}

/** backtrader's ExponentialSmoothing: mean of the first n, then prev·(1-a) + x·a. Lines before `x` starts are skipped. */
function backtraderSmoothing(x: Series, n: number, alpha: number): number[] {
  const y = blank(x.length);
  const start = x.findIndex((v) => !missing(v));
  if (start < 0 || start + n > x.length) return y;
  let previous = mean(x.slice(start, start + n));
  y[start + n - 1] = previous;
  for (let i = start + n; i < x.length; i++) {
    previous = previous * (1 - alpha) + x[i] * alpha;
    y[i] = previous;
  }
  return y;
}

/** backtrader: EMA(period=n). */
export const backtraderEma = (x: Series, n: number) => backtraderSmoothing(x, n, 2 / (n + 1));

/** backtrader: RSI(period=n, safediv=True): UpDay and DownDay, SmoothedMovingAverage, 100 and 50 for a zero divisor. */
export function backtraderRsi(x: Series, n: number): number[] {
  const start = x.findIndex((v) => !missing(v));
  if (start < 0) return blank(x.length);
  const up = rises(x);
  const down = falls(x);
  // A change is missing where the series starts; from then on na is a value like any other, and stays.
  const smooth = (changes: Series) =>
    changes.slice(start + 1).some((_, i, rest) => i < n && missing(rest[i]))
      ? blank(x.length)
      : backtraderSmoothing(changes, n, 1 / n);
  const u = smooth(up);
  const d = smooth(down);
  return u.map((value, i) => {
    if (missing(value) || missing(d[i])) return Number.NaN;
    if (d[i] === 0) return value === 0 ? 50 : 100;
    return 100 - 100 / (1 + value / d[i]);
  });
}

/** Python's math.fsum, near enough: Neumaier's sum. */
function fsum(xs: Series): number {
  let total = 0;
  let lost = 0;
  for (const x of xs) {
    const next = total + x;
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
    total = next;
  }
  return total + lost;
}

/** backtrader: StdDev(period=n) = sqrt(|mean(x²) - mean(x)²|), which cancels where prices are far from 0. */
export function backtraderStd(x: Series, n: number): number[] {
  return rolling(x, n, (w) => {
    const meanOfSquares = fsum(w.map((v) => v * v)) / n;
    return Math.sqrt(Math.abs(meanOfSquares - (fsum(w) / n) ** 2));
  });
}

/** backtrader: BollingerBands(period=n, devfactor=k): mid, top, bot. */
export function backtraderBollinger(x: Series, n: number, k: number): number[][] {
  const mid = pandasMean(x, n);
  const std = backtraderStd(x, n);
  return [mid, mid.map((m, i) => m + k * std[i]), mid.map((m, i) => m - k * std[i])];
}

export const backtraderHighest = pandasMax;
export const backtraderLowest = pandasMin;

/** TradingView: `f` of the last n defined values; a bar without one repeats the value before. */
export function overDefined(x: Series, n: number, f: (window: Series) => number): number[] {
  const defined: number[] = [];
  let last = Number.NaN;
  return x.map((value) => {
    if (missing(value)) return last;
    defined.push(value);
    last = defined.length < n ? Number.NaN : f(defined.slice(-n));
    return last;
  });
}

/** The sequence of defined values through `f`, each result on its value's bar, na elsewhere. */
export function onDefined(x: Series, f: (defined: Series) => number[]): number[] {
  const results = f(x.filter((v) => !missing(v)));
  let count = 0;
  return x.map((v) => (missing(v) ? Number.NaN : results[count++]));
}

/** TradingView: ta.rsi; a change from or to na is missing and leaves the averages alone. */
export function tradingviewRsi(x: Series, n: number): number[] {
  const up = onDefined(rises(x), (changes) => backtraderSmoothing(changes, n, 1 / n));
  const down = onDefined(falls(x), (changes) => backtraderSmoothing(changes, n, 1 / n));
  return up.map((u, i) => (down[i] === 0 && u > 0 ? 100 : 100 - 100 / (1 + u / down[i])));
}

export const tradingviewEma = (x: Series, n: number) => onDefined(x, (v) => backtraderEma(v, n));
export const windowMax = (w: Series): number => Math.max(...w);
export const windowMin = (w: Series): number => Math.min(...w);
export const windowMean = mean;
export function windowStd(w: Series): number {
  const m = mean(w);
  return Math.sqrt(mean(w.map((v) => (v - m) ** 2)));
}
