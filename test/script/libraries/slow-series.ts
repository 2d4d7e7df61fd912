/** Averages, extremes and the like over whole columns, each bar from scratch: the slow forms behind those of the libraries. */
export type Series = readonly number[];

export const each = (of: (i: number) => number, like: Series): number[] =>
  like.map((_, i) => of(i));

export const zip = (a: Series, b: Series, of: (x: number, y: number) => number) =>
  each((i) => of(a[i]!, b[i]!), a);

export const past = (x: Series, n: number): number[] =>
  each((i) => (i < n ? Number.NaN : x[i - n]!), x);

export const change = (x: Series): number[] => zip(x, past(x, 1), (now, before) => now - before);

/** The values of the last n bars; na while there are fewer, or one is na. */
function windowed(x: Series, n: number, of: (window: number[]) => number): number[] {
  return each((i) => {
    const window = x.slice(Math.max(0, i - n + 1), i + 1);
    return window.length < n || window.some(Number.isNaN) ? Number.NaN : of(window);
  }, x);
}

const total = (window: readonly number[]) => window.reduce((a, b) => a + b, 0);

export const sum = (x: Series, n: number) => windowed(x, n, total);
export const sma = (x: Series, n: number) => windowed(x, n, (window) => total(window) / n);
export const highest = (x: Series, n: number) => windowed(x, n, (window) => Math.max(...window));
export const lowest = (x: Series, n: number) => windowed(x, n, (window) => Math.min(...window));
export const wma = (x: Series, n: number) =>
  windowed(
    x,
    n,
    (w) => total(w.map((value, k) => value * (k + 1))) / total(w.map((_, k) => k + 1)),
  );
export const stoch = (x: Series, high: Series, low: Series, n: number) => {
  const [top, bottom] = [highest(high, n), lowest(low, n)];
  return each((i) => (100 * (x[i]! - bottom[i]!)) / (top[i]! - bottom[i]!), x);
};

/** A share of the new value each bar; starts with the mean of the first n defined values. */
function seeded(x: Series, n: number, share: number): number[] {
  const start = x.findIndex((value) => !Number.isNaN(value));
  const out = x.map(() => Number.NaN);
  let average = 0;
  for (let i = start; i < x.length; i++) {
    const k = i - start;
    average = k < n ? average + x[i]! / n : average + share * (x[i]! - average);
    if (k >= n - 1) out[i] = average;
  }
  return out;
}

export const ema = (x: Series, n: number) => seeded(x, n, 2 / (n + 1));
export const rma = (x: Series, n: number) => seeded(x, n, 1 / n);

/** The same from the first defined value on. */
export function fromFirst(x: Series, share: (i: number) => number): number[] {
  let average = Number.NaN;
  return each((i) => {
    average = share(i) * x[i]! + (1 - share(i)) * (Number.isNaN(average) ? x[i]! : average);
    return average;
  }, x);
}
