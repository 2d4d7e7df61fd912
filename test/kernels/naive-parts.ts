import { overDefined } from "./transcriptions.ts";

/** Parts of plain forms of the indicators, written from their formulas for series without gaps: windows are sliced and summed anew. */
export type Series = readonly number[];

export interface Inputs {
  readonly x: Series;
  readonly high: Series;
  readonly low: Series;
  readonly volume: Series;
  readonly open: Series;
  readonly other: Series;
  readonly condition: Series;
  readonly time: Series;
}

export type Plain = (inputs: Inputs, ...params: number[]) => Series[];

export const na = Number.NaN;
export const sumOf = (values: Series) => values.reduce((sum, value) => sum + value, 0);
export const meanOf = (values: Series) => sumOf(values) / values.length;
export const sorted = (values: Series) => [...values].sort((a, b) => a - b);
export const zip = (a: Series, b: Series, f: (a: number, b: number) => number) =>
  a.map((value, i) => f(value, b[i]));

/** f of the last n values, oldest first; na until there are n without na. */
export function windows(x: Series, n: number, f: (window: Series) => number): number[] {
  return x.map((_, i) => {
    const window = x.slice(Math.max(0, i - n + 1), i + 1);
    return window.length < n || window.some(Number.isNaN) ? na : f(window);
  });
}

/** Mean of the first n values, then f(previous, value). */
export function recursive(
  x: Series,
  n: number,
  f: (last: number, value: number) => number,
): number[] {
  const first = x.findIndex((value) => !Number.isNaN(value));
  let last = na;
  return x.map((value, i) => {
    if (first < 0 || i < first + n - 1) return na;
    last = i === first + n - 1 ? meanOf(x.slice(first, i + 1)) : f(last, value);
    return last;
  });
}

export const ema = (x: Series, n: number) =>
  recursive(x, n, (last, value) => (2 / (n + 1)) * value + (1 - 2 / (n + 1)) * last);
export const rma = (x: Series, n: number) =>
  recursive(x, n, (last, value) => value / n + (1 - 1 / n) * last);
export const sma = (x: Series, n: number) => windows(x, n, meanOf);
export const wma = (x: Series, n: number) =>
  windows(x, n, (w) => sumOf(w.map((value, i) => value * (i + 1))) / ((n * (n + 1)) / 2));
export const sum = (x: Series, n: number) => windows(x, n, sumOf);
export const max = (x: Series, n: number) => windows(x, n, (w) => Math.max(...w));
export const min = (x: Series, n: number) => windows(x, n, (w) => Math.min(...w));
export const change = (x: Series, n = 1) => x.map((value, i) => (i < n ? na : value - x[i - n]));
export const trueRange = ({ x, high, low }: Inputs, first: number) =>
  x.map((_, i) =>
    i === 0
      ? high[0] - low[0] + first
      : Math.max(high[i] - low[i], Math.abs(high[i] - x[i - 1]), Math.abs(low[i] - x[i - 1])),
  );
export const finite = (x: Series) => x.map((value) => (Number.isFinite(value) ? value : na));
export const deviation = (w: Series) => meanOf(w.map((value) => Math.abs(value - meanOf(w))));
export const movement = (a: Series, b: Series) =>
  zip(a, b, (up, down) => (Number.isNaN(up) ? na : up - down > 1e-10 && up > 1e-10 ? up : 0));

/** Over the last n defined values, carried where there is none. */
export const defined = (x: Series, n: number, f: (window: Series) => number) =>
  overDefined(x, n, f);

export function stoch(x: Series, high: Series, low: Series, n: number): number[] {
  const top = defined(high, n, (w) => Math.max(...w));
  const bottom = defined(low, n, (w) => Math.min(...w));
  return finite(x.map((value, i) => (100 * (value - bottom[i])) / (top[i] - bottom[i])));
}

/** Bars back to the oldest extreme of a window. */
export const distance = (x: Series, n: number, extreme: (...values: number[]) => number) =>
  windows(x, n, (w) => w.indexOf(extreme(...w)) - n + 1);

export function pivots(x: Series, left: number, right: number, sign: number): number[] {
  return x.map((_, i) => {
    const at = i - right;
    if (at < left) return na;
    const before = x.slice(at - left, at).every((value) => sign * value <= sign * x[at]);
    const after = x.slice(at + 1, i + 1).every((value) => sign * value < sign * x[at]);
    return before && after ? x[at] : na;
  });
}

export function runs(x: Series, n: number, sign: number): number[] {
  return x.map((_, i) => {
    if (i < n) return na;
    for (let k = i - n + 1; k <= i; k++) if (!(sign * (x[k] - x[k - 1]) > 1e-10)) return 0;
    return 1;
  });
}

export function flow({ x, volume }: Inputs, n: number, sign: number): number[] {
  const raw = x.map((value, i) =>
    i > 0 && sign * (value - x[i - 1]) <= 1e-10 ? 0 : value * volume[i],
  );
  return sum(raw, n);
}

export function keltner(inputs: Inputs, n: number, k: number, trueRanges: number): Series[] {
  const { x, high, low } = inputs;
  const range = trueRanges === 1 ? trueRange(inputs, na) : zip(high, low, (h, l) => h - l);
  const [middle, width] = [ema(x, n), ema(range, n)];
  return [middle, zip(middle, width, (m, w) => m + k * w), zip(middle, width, (m, w) => m - k * w)];
}

export function percentileBetween(w: Series, percentage: number): number {
  const rank = Math.min(w.length, Math.max(1, (percentage * w.length) / 100 + 0.5)) - 1;
  const values = sorted(w);
  const above = values[Math.min(w.length - 1, Math.ceil(rank))];
  return values[Math.floor(rank)] + (rank % 1) * (above - values[Math.floor(rank)]);
}

export function mode(w: Series): number {
  const count = (value: number) => w.filter((one) => one === value).length;
  return sorted(w).reduce((best, value) => (count(value) > count(best) ? value : best));
}

export function kama(x: Series, n: number, fast: number, slow: number): number[] {
  let last = na;
  return x.map((value, i) => {
    if (i < n) return na;
    if (i === n) last = x[n - 1];
    const path = sumOf(
      change(x.slice(i - n, i + 1))
        .slice(1)
        .map(Math.abs),
    );
    const way = Math.abs(value - x[i - n]);
    const ratio = path > way ? way / path : 1;
    const smooth = ratio * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + 1);
    last += smooth ** 2 * (value - last);
    return last;
  });
}

export function line(w: Series, shift: number): number {
  const n = w.length;
  const middle = (n - 1) / 2;
  const mean = meanOf(w);
  const slope =
    sumOf(w.map((value, i) => (i - middle) * (value - mean))) /
    sumOf(w.map((_, i) => (i - middle) ** 2));
  return mean + slope * (middle - shift);
}
