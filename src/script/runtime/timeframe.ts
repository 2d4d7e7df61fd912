import { fail } from "../../diagnostics/index.ts";
import type { Interval } from "../../vector/interval.ts";
import { civil, dayOf } from "./civil.ts";

const SECOND = 1000;
const DAY = 86_400_000;
/** 1970-01-01 was a Thursday: the first Monday is four days later. */
const MONDAY = 4 * DAY;

/** "60", "D", "3M" as data; `ms` of months is that of thirty days, for comparing only. */
export interface Timeframe {
  readonly unit: "second" | "minute" | "day" | "week" | "month";
  readonly multiplier: number;
  readonly ms: number;
  /** As `timeframe.period` spells it. */
  readonly period: string;
}

const UNITS = {
  S: ["second", SECOND],
  "": ["minute", 60 * SECOND],
  D: ["day", DAY],
  W: ["week", 7 * DAY],
  M: ["month", 30 * DAY],
} as const;

export function parseTimeframe(text: string): Timeframe {
  const match = /^(\d{0,5})([SDWM]?)$/.exec(text);
  const multiplier = match?.[1] === "" ? 1 : Number(match?.[1]);
  if (match === null || text === "" || !(multiplier >= 1)) {
    return fail("script_timeframe", { timeframe: text });
  }
  const letter = match[2] as keyof typeof UNITS;
  const [unit, length] = UNITS[letter];
  const period = letter === "" ? String(multiplier) : `${multiplier}${letter}`;
  return { unit, multiplier, ms: multiplier * length, period };
}

/** The timeframe of a named interval. */
export function timeframeOfInterval(interval: Interval): Timeframe {
  const count = Number.parseInt(interval, 10);
  const unit = interval.at(-1)!;
  if (unit === "h") return parseTimeframe(String(60 * count));
  if (unit === "m") return parseTimeframe(String(count));
  return parseTimeframe(`${count}${unit.toUpperCase()}`);
}

/** The timeframe of bars that are `ms` apart. */
export function timeframeOfStep(ms: number): Timeframe {
  if (ms >= 28 * DAY && ms <= 31 * DAY) return parseTimeframe("1M");
  if (ms % (7 * DAY) === 0) return parseTimeframe(`${ms / (7 * DAY)}W`);
  if (ms % DAY === 0) return parseTimeframe(`${ms / DAY}D`);
  if (ms % (60 * SECOND) === 0) return parseTimeframe(String(ms / (60 * SECOND)));
  return parseTimeframe(`${Math.max(1, Math.round(ms / SECOND))}S`);
}

/** The open of the period that holds a moment: multiples since 1970-01-01 UTC, weeks from Monday, calendar months. */
export function periodOpen(time: number, { unit, multiplier, ms }: Timeframe): number {
  if (unit === "month") {
    const day = dayOf(time);
    const months = (civil(day, "year") - 1970) * 12 + civil(day, "month") - 1;
    return Date.UTC(1970, Math.floor(months / multiplier) * multiplier);
  }
  const origin = unit === "week" ? MONDAY : 0;
  return Math.floor((time - origin) / ms) * ms + origin;
}

/** The moment at which the period ends that opened at `open`. */
export function periodClose(open: number, timeframe: Timeframe): number {
  if (timeframe.unit !== "month") return open + timeframe.ms;
  const start = periodOpen(open, timeframe);
  const day = dayOf(start);
  const end = Date.UTC(civil(day, "year"), civil(day, "month") - 1 + timeframe.multiplier);
  // A bar that opens on another day or hour of the month closes as much later.
  return end + (open - start);
}
