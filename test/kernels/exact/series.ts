import { abs, type Exact, ONE, over } from "./fixed.ts";

export type Column = readonly Exact[];

/** What the exact forms read; `x` is the source or the close. */
export interface Bars {
  readonly x: Column;
  readonly open: Column;
  readonly high: Column;
  readonly low: Column;
  readonly other: Column;
  readonly volume: Column;
  readonly condition: Column;
  /** Milliseconds. */
  readonly time: readonly number[];
}

/** An indicator in dialect tv, for bars without gaps, as its formula is published: windows are cut out and summed anew. */
export type Form = (bars: Bars, ...params: number[]) => Column[];

/** f on every bar on which no column is na. */
export function each(f: (...values: bigint[]) => Exact, ...columns: Column[]): Exact[] {
  return columns[0].map((_, i) => {
    const values = columns.map((column) => column[i]);
    return values.includes(null) ? null : f(...(values as bigint[]));
  });
}

export const total = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
export const mean = (values: readonly bigint[]): bigint => total(values) / BigInt(values.length);
export const sorted = (values: readonly bigint[]) =>
  [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

export function largest(values: readonly bigint[]): bigint {
  let most = values[0];
  for (const value of values) if (value > most) most = value;
  return most;
}

export function smallest(values: readonly bigint[]): bigint {
  let least = values[0];
  for (const value of values) if (value < least) least = value;
  return least;
}

/** Mean of |x - mean|. */
export function meanDistance(values: readonly bigint[]): bigint {
  const center = mean(values);
  return mean(values.map((value) => abs(value - center)));
}

/** f of the last n values, oldest first; na until there are n without na. */
export function windows(x: Column, n: number, f: (window: bigint[]) => Exact): Exact[] {
  return x.map((_, i) => {
    if (i < n - 1) return null;
    const window = x.slice(i - n + 1, i + 1);
    return window.includes(null) ? null : f(window as bigint[]);
  });
}

/** Mean of the first n values, then f(previous, value). */
export function recursive(x: Column, n: number, f: (last: bigint, value: bigint) => bigint) {
  const start = x.findIndex((value) => value !== null) + n - 1;
  let last = 0n;
  return x.map((value, i) => {
    if (i < start) return null;
    last = i === start ? mean(x.slice(i - n + 1, i + 1) as bigint[]) : f(last, value as bigint);
    return last;
  });
}

export const ema = (x: Column, n: number) =>
  recursive(x, n, (last, value) => last + (2n * (value - last)) / BigInt(n + 1));
export const rma = (x: Column, n: number) =>
  recursive(x, n, (last, value) => last + (value - last) / BigInt(n));
export const sma = (x: Column, n: number) => windows(x, n, mean);
export const sum = (x: Column, n: number) => windows(x, n, total);
export const max = (x: Column, n: number) => windows(x, n, largest);
export const min = (x: Column, n: number) => windows(x, n, smallest);
export const minus = (a: Column, b: Column) => each((p, q) => p - q, a, b);
export const middle = (a: Column, b: Column) => each((p, q) => (p + q) / 2n, a, b);
export const ratio = (a: Column, b: Column, scale = 1n) => each((p, q) => over(scale * p, q), a, b);
export const before = (x: Column, n: number): Exact[] => x.map((_, i) => x[i - n] ?? null);
export const change = (x: Column, n = 1) => minus(x, before(x, n));
export const sizes = (x: Column) => each(abs, x);
/** Of whole numbers. */
export const whole = (value: number): bigint => BigInt(value) * ONE;

export function trueRange({ x, high, low }: Bars, first: Exact): Exact[] {
  const ranges = each(
    (h, l, last) => largest([h - l, abs(h - last), abs(l - last)]),
    high,
    low,
    before(x, 1),
  );
  const alone = minus(high, low)[0];
  return [first === null || alone === null ? null : alone + first, ...ranges.slice(1)];
}
