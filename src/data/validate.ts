import { type Bars, FIELDS } from "../vector/columns.ts";
import type { Fault } from "./faults.ts";

const PRICES = ["open", "high", "low", "close"] as const;

/** Faults in the order of time: strictly increasing is what every later stage relies on. */
export function timeFaults(time: Float64Array): Fault[] {
  let back = 0;
  let firstBack = -1;
  let same = 0;
  let firstSame = -1;
  for (let i = 1; i < time.length; i++) {
    if (time[i] < time[i - 1]) {
      if (back++ === 0) firstBack = i;
    } else if (time[i] === time[i - 1]) {
      if (same++ === 0) firstSame = i;
    }
  }
  const newestFirst = back > 0 && back + same === time.length - 1;
  return [
    { code: "time_unsorted", index: firstBack, count: back, newestFirst } as const,
    { code: "time_duplicated", index: firstSame, count: same } as const,
  ].filter((fault) => fault.count > 0);
}

/**
 * Faults in the prices and volumes of bars, worst first: prices that are not finite, volumes that
 * are infinite, high below low; then what only deserves a warning. `naPrices` lets na pass, not infinity. `index` is into the columns.
 */
export function barFaults(
  bars: Bars,
  { naPrices = false } = {},
): { errors: Fault[]; warnings: Fault[] } {
  const { open, high, low, close, volume } = bars;
  const notFinite: Fault = { code: "price_not_finite", index: -1, count: 0 };
  const badVolume: Fault = { code: "volume_not_finite", index: -1, count: 0 };
  const crossed: Fault = { code: "high_below_low", index: -1, count: 0 };
  const outside: Fault = { code: "bar_inconsistent", index: -1, count: 0 };
  const notPositive: Fault = { code: "price_not_positive", index: -1, count: 0 };
  const negative: Fault = { code: "volume_negative", index: -1, count: 0 };
  for (let i = 0; i < open.length; i++) {
    const o = open[i];
    const h = high[i];
    const l = low[i];
    const c = close[i];
    const v = volume[i];
    // The sum is finite only if all four are: na and infinities survive subtraction.
    if (
      !Number.isFinite(o - o + (h - h) + (l - l) + (c - c)) &&
      !(naPrices && !infinite(o, h, l, c))
    )
      count(notFinite, i);
    else if (h < l) count(crossed, i);
    else if (o > h || c > h || o < l || c < l) count(outside, i);
    if (o <= 0 || h <= 0 || l <= 0 || c <= 0) count(notPositive, i);
    if (v === Number.POSITIVE_INFINITY || v === Number.NEGATIVE_INFINITY) count(badVolume, i);
    else if (v < 0) count(negative, i);
  }
  nameColumn(notFinite, bars, (x) => (naPrices ? infinite(x) : !Number.isFinite(x)));
  nameColumn(notPositive, bars, (x) => x <= 0);
  const found = (faults: Fault[]) => faults.filter((fault) => fault.count > 0);
  return {
    errors: found([notFinite, crossed, badVolume]),
    warnings: found([outside, notPositive, negative]),
  };
}

function infinite(...values: number[]): boolean {
  return values.some((x) => Math.abs(x) === Number.POSITIVE_INFINITY);
}

/** The first column whose length is not that of `time`, or null. */
export function unequalColumn(bars: Bars): { column: string; found: number } | null {
  for (const column of FIELDS) {
    if (bars[column].length !== bars.time.length) return { column, found: bars[column].length };
  }
  return null;
}

function nameColumn(fault: Fault, bars: Bars, wrong: (x: number) => boolean): void {
  if (fault.count === 0) return;
  fault.column = PRICES.find((name) => wrong(bars[name][fault.index])) ?? "price";
}

function count(fault: Fault, at: number): void {
  if (fault.count++ === 0) fault.index = at;
}
