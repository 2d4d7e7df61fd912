import { fail } from "../../diagnostics/index.ts";

/** A span of UTC in which the clocks of a zone differ from it by the same milliseconds. */
export interface OffsetSpan {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const DAY = 86_400_000;
/** No zone changed its clocks twice in fewer days. */
const STEP = 5 * DAY;

/** The offsets of an IANA zone over a range of clock times, with two days to spare at its ends. */
export function offsets(zone: string, first: number, last: number): OffsetSpan[] {
  const offsetAt = clockOf(zone);
  const spans: OffsetSpan[] = [];
  const end = last + 2 * DAY;
  let from = first - 2 * DAY;
  let offset = offsetAt(from);
  for (let at = from; at < end; at += STEP) {
    const next = Math.min(at + STEP, end);
    if (offsetAt(next) === offset) continue;
    const change = changeIn(at, next, offsetAt);
    spans.push({ from, to: change, offset });
    from = change;
    offset = offsetAt(next);
  }
  spans.push({ from, to: end, offset });
  return spans;
}

/** The second at which the offset changes between two moments. */
function changeIn(before: number, after: number, offsetAt: (utc: number) => number): number {
  const old = offsetAt(before);
  let low = Math.floor(before / 1000);
  let high = Math.ceil(after / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1000) === old) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function clockOf(timeZone: string): (utc: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return fail("timezone_unknown", { zone: timeZone });
  }
  return (utc) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(utc)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utc / 1000) * 1000;
  };
}
