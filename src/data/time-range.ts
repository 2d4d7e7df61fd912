import { fail } from "../diagnostics/index.ts";
import type { LoadOptions } from "./options.ts";

const DAY = 86_400_000;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Bars to read: `from` <= time < `to` in epoch ms, and up to `warmupBars` before them. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  readonly warmupBars: number;
}

/**
 * The window that the options ask for. Dates are whole UTC days, both included; with a clock time,
 * or as a number, `to` is excluded. A range without a moment in it is an error.
 */
export function timeWindow(options: LoadOptions): TimeWindow {
  const from = moment("--from", options.from);
  const to = moment("--to", options.to);
  const warmupBars = options.warmupBars ?? 0;
  if (!Number.isInteger(warmupBars) || warmupBars < 0) {
    fail("load_option", {
      option: "warmupBars",
      value: String(warmupBars),
      expected: "a whole number from 0",
    });
  }
  const window = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : from.ms,
    to: to === undefined ? Number.POSITIVE_INFINITY : to.ms + (to.wholeDay ? DAY : 0),
    warmupBars,
  };
  if (window.from >= window.to) {
    fail("range_reversed", { from: String(options.from), to: String(options.to) });
  }
  return window;
}

/** A date or time in ISO-8601, UTC unless it carries an offset; null if it is neither. */
export function parseMoment(text: string): { ms: number; wholeDay: boolean } | null {
  const match = ISO.exec(text.trim());
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(year!, month! - 1, day!, hour!, minute!, second!));
  date.setUTCFullYear(year!, month! - 1, day!);
  const real =
    date.getUTCMonth() === month! - 1 &&
    date.getUTCDate() === day &&
    hour! < 24 &&
    minute! < 60 &&
    second! < 60;
  if (!real) return null;
  const fraction = Number((match[7] ?? "").padEnd(3, "0"));
  return { ms: date.getTime() + fraction - offsetMs(match[8]), wholeDay: match[4] === undefined };
}

function moment(option: string, value: string | number | undefined) {
  if (value === undefined) return undefined;
  if (typeof value === "number") {
    return Number.isFinite(value)
      ? { ms: value, wholeDay: false }
      : fail("date_option", { option, value: String(value) });
  }
  return parseMoment(value) ?? fail("date_option", { option, value });
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
