import type { Dialect } from "../../../src/vector/kernel.ts";
import type { Bars, Column } from "../bar-series.ts";
import type { Ask } from "../oracle.ts";
import type { Case } from "../series.ts";

/** Where a library's own rounding may carry it from the exact value, beside 1e-9 of the value. */
export type Allowance = (bars: Bars, n: number) => (i: number, output: number) => number;

/** That one of our indicators answers what a library's function does. */
export interface BarClaim {
  readonly library: Ask["library"];
  /** The library's function, what it reads and its numbers; by the case's period. */
  readonly ask: string;
  readonly reads: readonly Column[];
  readonly theirs: (n: number) => readonly number[];
  readonly indicator: string;
  readonly dialect: Dialect;
  readonly sources: readonly Column[];
  readonly params: (n: number) => readonly number[];
  /** Their results in the order of our outputs; those left out are not compared. */
  readonly order: readonly number[];
  readonly allowance: Allowance;
  /** Whether the library is asked about na inside the series. */
  readonly gaps: boolean;
  /** Shortest period that the library takes. */
  readonly from: number;
  readonly styles?: readonly Case["style"][];
  /** Known answers of the library where ours is another one. */
  readonly apart?: (bars: Bars, n: number) => (i: number, theirs: number, ours: number) => boolean;
  /** Ours from theirs, where these are something else. */
  readonly value?: (theirs: number, i: number, answer: Float64Array) => number;
}

const U = 2 ** -53;

export function largestOf(column: Float64Array): Float64Array {
  let most = 0;
  return column.map((v) => (most = Math.max(most, Number.isNaN(v) ? 0 : Math.abs(v))));
}

/** A multiple of the largest price so far, in units of the last place. */
export const ofPrice =
  (factor: (n: number, i: number) => number, column: Column = "close"): Allowance =>
  (bars, n) => {
    const largest = largestOf(bars[column]);
    return (i) => factor(n, i) * U * largest[i];
  };

export const none: Allowance = () => () => 0;
/** Averages of averages: each step rounds at the largest value so far, and some n steps are remembered. */
export const recursive = ofPrice((n) => 32 * (n + 4), "high");

/** Of a quotient in percent: the numerator's and the denominator's error, by the denominator. */
export function percent(error: number, denominator: number): number {
  return denominator > 0 ? (400 * error) / denominator : Number.POSITIVE_INFINITY;
}

/** f of each window of n bars. */
export function windows(
  column: Float64Array,
  n: number,
  f: (window: Float64Array) => number,
): Float64Array {
  return column.map((_, i) => (i < n - 1 ? Number.NaN : f(column.subarray(i - n + 1, i + 1))));
}

export const sumOf = (window: Float64Array) => window.reduce((a, b) => a + b, 0);

export const unit = U;
