import type { Bars } from "../../src/vector/columns.ts";

/** Minute bars that open at the close before, with that much of a wick on either side. */
export function barsOf(closes: readonly number[], wick = 0): Bars {
  const open = closes.map((close, bar) => (bar === 0 ? close : closes[bar - 1]));
  return {
    time: Float64Array.from(closes, (_, bar) => bar * 60_000),
    open: Float64Array.from(open),
    high: Float64Array.from(closes, (close, bar) => Math.max(close, open[bar]) + wick),
    low: Float64Array.from(closes, (close, bar) => Math.min(close, open[bar]) - wick),
    close: Float64Array.from(closes),
    volume: Float64Array.from(closes, () => 1),
  };
}
