import { INTERVALS, type Interval } from "../../vector/interval.ts";
import type { Calendar } from "./calendar.ts";
import type { FaultName } from "./severity.ts";
import { alignedSql, byInterval, stepsSql } from "./step-sql.ts";

export type Conditions = { readonly [name in FaultName]?: string };

/** A price counts as a spike beyond this change from the close before it … */
export const SPIKE_CHANGE = 0.3;
/** … and beyond this multiple of the median of the smaller changes from close to close. */
export const SPIKE_MEDIANS = 10;

const PRICES = ["open", "high", "low", "close"];
const FINITE = `coalesce(${PRICES.map((p) => `system.main.isfinite(${p})`).join(" AND ")}, false)`;

/** Faults that one row has by itself. Each is true or false, never NULL. */
export const ROW_FAULTS: Conditions = {
  bad_time: "open_time IS NULL",
  time_out_of_range:
    "coalesce(open_time < TIMESTAMP '1900-01-01' OR open_time >= TIMESTAMP '2200-01-01', false)",
  time_below_ms: "coalesce(system.main.epoch_us(open_time) % 1000 <> 0, false)",
  price_not_finite: `NOT ${FINITE}`,
  price_not_positive: `coalesce(${PRICES.map((p) => `${p} <= 0`).join(" OR ")}, false)`,
  volume_not_finite: "coalesce(system.main.isinf(volume), false)",
  high_below_low: `(${FINITE} AND high < low)`,
  bar_inconsistent: `(${FINITE} AND high >= low AND (open > high OR close > high OR open < low OR close < low))`,
  volume_negative: "coalesce(volume < 0 AND system.main.isfinite(volume), false)",
};

/** All of {@link ROW_FAULTS} but the last in one cheap test, for the many sources that have none. */
export const ANY_ROW_FAULT = `NOT coalesce(system.main.isfinite(open) AND system.main.isfinite(high)
  AND system.main.isfinite(low) AND system.main.isfinite(close) AND low > 0 AND high >= low
  AND open <= high AND close <= high AND open >= low AND close >= low
  AND open_time >= TIMESTAMP '1900-01-01' AND open_time < TIMESTAMP '2200-01-01'
  AND system.main.epoch_us(open_time) % 1000 = 0, false) OR coalesce(system.main.isinf(volume) OR volume < 0, false)`;

/**
 * Faults of rows in order of time, each beside the row before it in its series: `before_time` and `before_close`,
 * NULL on the first.
 */
export function orderFaults(intervals: readonly Interval[], calendar: Calendar): Conditions {
  return {
    time_gap: `coalesce(${missingSql(intervals, calendar)} > 0, false)`,
    time_misaligned: `NOT coalesce(${byInterval(intervals, (one) => alignedSql(one, "open_time"))}, true)`,
    // NaN is greater than infinity to DuckDB.
    price_spike: `coalesce(${changeSql()} > ${SPIKE_CHANGE} AND ${changeSql()} < 'inf', false)`,
    volume_zero: "coalesce(volume = 0, false)",
    // A few short steps are rows off the grid; where most are, the interval is wrong.
    interval_too_long: `coalesce(system.main.epoch_ms(open_time) - system.main.epoch_ms(before_time) < ${byInterval(intervals, shortestStep)}, false)`,
  };
}

function shortestStep(interval: Interval): string {
  return String(interval === "1M" ? 28 * INTERVALS["1d"] : INTERVALS[interval]);
}

/** Bars missing between the row before and this one. */
export function missingSql(intervals: readonly Interval[], calendar: Calendar): string {
  const steps = byInterval(intervals, (one) => stepsSql(one, calendar, "before_time", "open_time"));
  return `(${steps} - 1)`;
}

/** How far the price of a row that lies farthest from the close before it is off, as a fraction of that close. */
export function changeSql(): string {
  const off = (price: string) => `system.main.abs(${price} / before_close - 1)`;
  return `CASE WHEN before_close > 0 THEN system.main.greatest(${off("high")}, ${off("low")}) END`;
}
