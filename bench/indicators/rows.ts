import { median } from "../kernels/measure.ts";
import type { Shape } from "./shapes.ts";
import { TALIB } from "./talib.ts";

/** ns per bar of an indicator on one shape of data. */
export interface Row {
  readonly indicator: string;
  readonly shape: Shape;
  /** Ours into new columns, and into columns that are used again. */
  readonly swymc: number;
  readonly reused: number;
  /** Ours in dialect talib into columns that are used again, where TA-Lib has the indicator. */
  readonly talib: number | null;
  /** Those whose values are ours. */
  readonly others: Readonly<Record<string, number>>;
  /** Where values are not, and what they are. */
  readonly differ: Readonly<Record<string, string>>;
}

/** A package's time by ours. */
export interface Pair {
  readonly library: string;
  readonly indicator: string;
  readonly shape: Shape;
  readonly ratio: number;
}

export function npmPairs(rows: readonly Row[]): Pair[] {
  return rows.flatMap(({ indicator, shape, swymc, others }) =>
    Object.entries(others)
      .filter(([library]) => library !== TALIB)
      .map(([library, time]) => ({ library, indicator, shape, ratio: time / swymc })),
  );
}

/** Our time by TA-Lib's. */
export function talibPairs(rows: readonly Row[]): Pair[] {
  return rows.flatMap(({ indicator, shape, talib, others }) =>
    talib === null || others[TALIB] === undefined
      ? []
      : [{ library: TALIB, indicator, shape, ratio: talib / others[TALIB] }],
  );
}

export interface Summary {
  readonly pairs: number;
  readonly faster: number;
  readonly median_ratio: number | null;
  readonly slower: readonly Pair[];
  readonly talib_pairs: number;
  readonly talib_median_ratio: number | null;
}

export function summaryOf(rows: readonly Row[]): Summary {
  const npm = npmPairs(rows);
  const c = talibPairs(rows);
  const middle = (pairs: readonly Pair[]) =>
    pairs.length === 0 ? null : median(pairs.map((pair) => pair.ratio));
  const slower = npm.filter((pair) => pair.ratio <= 1);
  return {
    pairs: npm.length,
    faster: npm.length - slower.length,
    median_ratio: middle(npm),
    slower,
    talib_pairs: c.length,
    talib_median_ratio: middle(c),
  };
}
