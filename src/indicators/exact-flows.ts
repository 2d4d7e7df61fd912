import { CHUNK, EXACT_STATE, followSums, isNa, openSums, whole } from "../vector/rolling/index.ts";

/** Two series that are made from others, of which sums over a window are wanted. */
export interface Flows {
  /** Writes both series of the bars from `from` to `to` at 0 and on; returns 0, or not where one is na. */
  readonly make: (from: number, to: number, a: Float64Array, b: Float64Array) => number;
  /** Makes the results of these bars of the sums, ÷ divisor. */
  readonly join: (from: number, to: number, a: Float64Array, b: Float64Array) => void;
}

/**
 * Sums of both series over the last `period` bars, from bar `first` on, where they are exact and nothing is na: a piece at
 * a time, so that no column is needed. Results of the first period - 1 bars are of fewer values. Returns whether it held
 * to the end; else results are meaningless.
 */
export function exactFlows(
  flows: Flows,
  first: number,
  bars: number,
  period: number,
  divisor: number,
): boolean {
  const count = whole(period);
  const piece = Math.max(CHUNK, count);
  const a = new WindowSums(count, piece, divisor);
  const b = new WindowSums(count, piece, divisor);
  for (let from = first; from < bars; from += piece) {
    const to = Math.min(bars, from + piece);
    if (flows.make(from, to, a.values, b.values) !== 0) return false;
    if (!(a.sum(to - from) && b.sum(to - from))) return false;
    flows.join(from, to, a.sums, b.sums);
    a.pass();
    b.pass();
  }
  return true;
}

/** First bar whose value and volume are there, or the length. */
export function firstFlow(source: Float64Array, volume: Float64Array): number {
  let i = 0;
  while (i < source.length && isNa(source[i] * volume[i])) i++;
  return i;
}

/** A piece of a series behind the window before it, which starts with zeros. */
class WindowSums {
  readonly values: Float64Array;
  readonly sums: Float64Array;
  readonly #period: number;
  readonly #divisor: number;
  readonly #series: Float64Array;
  readonly #results: Float64Array;
  readonly #state = new Float64Array(EXACT_STATE);
  #open = false;

  constructor(period: number, piece: number, divisor: number) {
    this.#period = period;
    this.#divisor = divisor;
    this.#series = new Float64Array(period + piece);
    this.#results = new Float64Array(period + piece);
    this.values = this.#series.subarray(period);
    this.sums = this.#results.subarray(period);
  }

  /** Sums of the first `count` values; returns whether they are exact. */
  sum(count: number): boolean {
    const period = this.#period;
    const series = this.#series;
    const end = period + count;
    for (let at = period; at < end; ) {
      if (!this.#open && !openSums(series, at - period, at, end, period, this.#state)) return false;
      const done = followSums(series, at, end, period, this.#divisor, this.#state, this.#results);
      // Grids that were chosen by this very value do not hold it.
      if (!this.#open && done === at) return false;
      this.#open = done === end;
      at = done;
    }
    return true;
  }

  /** Leaves a full piece behind. */
  pass(): void {
    this.#series.copyWithin(0, this.values.length);
  }
}
