import type { Interval } from "../../vector/interval.ts";
import { barClose } from "../bar-period.ts";
import { checkTimes } from "../columns.ts";

/** Times of a series of bars and its interval. */
export interface BarTimes {
  readonly time: Float64Array;
  readonly interval: Interval;
}

export interface AlignOptions {
  /** `carry` (default): the last closed bar stays until the next one closes. `na`: its values show only on the first lower bar that can know them. */
  readonly gaps?: "carry" | "na" | undefined;
}

/**
 * For each lower bar the index of the higher bar that may be seen on it, -1 where none is. A bar is known at its close:
 * higher bar j is visible on lower bar i if close(j) <= close(i), where a bar that opens at T closes at T + its interval
 * (a month by the calendar). Of those visible it is the last one.
 */
export function visibleBars(
  lower: BarTimes,
  higher: BarTimes,
  { gaps = "carry" }: AlignOptions = {},
): Int32Array {
  checkTimes({ time: lower.time }, "lower bars");
  checkTimes({ time: higher.time }, "higher bars");
  const out = new Int32Array(lower.time.length);
  let next = 0;
  for (let i = 0; i < out.length; i++) {
    const known = barClose(lower.time[i], lower.interval);
    const before = next;
    while (next < higher.time.length && barClose(higher.time[next], higher.interval) <= known) {
      next++;
    }
    out[i] = gaps === "na" && next === before ? -1 : next - 1;
  }
  return out;
}

/**
 * Columns of a higher timeframe aligned to lower bars, without lookahead: each lower bar sees the last higher bar that
 * has closed by its own close, see {@link visibleBars}; na before there is one. `time` of the result is the open of the
 * higher bar that is seen.
 */
export function alignHigher<Name extends string>(
  lower: BarTimes,
  higher: {
    readonly interval: Interval;
    readonly columns: Readonly<Record<Name | "time", Float64Array>>;
  },
  options: AlignOptions = {},
): Record<Name | "time", Float64Array> {
  const { columns, interval } = higher;
  checkTimes(columns, "higher bars");
  const visible = visibleBars(lower, { time: columns.time, interval }, options);
  const names = Object.keys(columns) as (Name | "time")[];
  return Object.fromEntries(names.map((name) => [name, taken(columns[name], visible)])) as Record<
    Name | "time",
    Float64Array
  >;
}

function taken(values: Float64Array, indices: Int32Array): Float64Array {
  const out = new Float64Array(indices.length);
  for (let i = 0; i < out.length; i++) out[i] = indices[i] < 0 ? Number.NaN : values[indices[i]];
  return out;
}
