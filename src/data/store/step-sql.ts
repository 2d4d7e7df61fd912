import { INTERVALS, type Interval } from "../../vector/interval.ts";
import { type Calendar, openClockSql } from "./calendar.ts";

const LONGEST_ON_CALENDAR = INTERVALS["1d"];
const WEEK_START = 345_600_000;

/** Steps of an interval between two times, both TIMESTAMP expressions; calendar months are counted as such. */
export function stepsSql(interval: Interval, calendar: Calendar, from: string, to: string): string {
  if (interval === "1M") return `system.main.date_diff('month', ${from}, ${to})`;
  const length = INTERVALS[interval];
  const kind = length > LONGEST_ON_CALENDAR ? "24x7" : calendar;
  const clock = (time: string) => openClockSql(kind, `system.main.epoch_ms(${time})`);
  return `((${clock(to)} - ${clock(from)}) // ${length})`;
}

/** Whether a time lies on the grid of its interval: weeks start on Monday, months on their first day. */
export function alignedSql(interval: Interval, time: string): string {
  if (interval === "1M") return `(system.main.date_trunc('month', ${time}) = ${time})`;
  const ms = `system.main.epoch_ms(${time})`;
  if (interval === "1w") return `((${ms} - ${WEEK_START}) % ${INTERVALS["1w"]} = 0)`;
  // Exchanges count three days from days of their own.
  const grid = interval === "3d" ? INTERVALS["1d"] : INTERVALS[interval];
  return `(${ms} % ${grid} = 0)`;
}

/** An expression per interval, chosen by the column `interval`; one series needs no choice. */
export function byInterval(
  intervals: readonly Interval[],
  expression: (interval: Interval) => string,
): string {
  if (intervals.length === 1) return expression(intervals[0]);
  const cases = intervals.map((one) => `WHEN '${one}' THEN ${expression(one)}`);
  return `CASE "interval" ${cases.join(" ")} END`;
}
