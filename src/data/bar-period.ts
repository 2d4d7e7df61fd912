import { INTERVALS, type Interval } from "../vector/interval.ts";

const DAY = 86_400_000;
/** 1970-01-01 was a Thursday: the first Monday is four days later. */
const MONDAY = 4 * DAY;

/**
 * The open of the period that holds a moment: multiples of the interval since 1970-01-01 UTC (`3d` too), weeks from
 * Monday UTC, calendar months.
 */
export function periodOpen(time: number, interval: Interval): number {
  if (interval === "1M") {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
  const length = INTERVALS[interval];
  const origin = interval === "1w" ? MONDAY : 0;
  return Math.floor((time - origin) / length) * length + origin;
}

/** The moment at which a bar that opened at `open` is known: one interval later, a month by the calendar. */
export function barClose(open: number, interval: Interval): number {
  if (interval !== "1M") return open + INTERVALS[interval];
  const start = periodOpen(open, "1M");
  const date = new Date(start);
  const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  // A month that opens on another day or hour (an exchange's own) closes as much later.
  return next + (open - start);
}

/** Whether every period of `to` is a whole number of periods of `from`, longer than one. */
export function isMultiple(from: Interval, to: Interval): boolean {
  if (INTERVALS[to] <= INTERVALS[from]) return false;
  const dividesDays = DAY % INTERVALS[from] === 0;
  if (to === "1M" || to === "1w") return dividesDays;
  return INTERVALS[to] % INTERVALS[from] === 0;
}
