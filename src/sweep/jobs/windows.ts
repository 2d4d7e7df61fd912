import { fail } from "../../diagnostics/index.ts";

/** A half-open span of time in epoch ms. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
const MAX_WINDOWS = 100_000;
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const LENGTH = /^(\d{1,4})(d|w|mo|y)$/;

interface Length {
  readonly months: number;
  readonly days: number;
}

/**
 * Windows as text: a span cut into equal parts, `2022..2024/6mo` (the last one may be shorter), parts that overlap,
 * `2020..2024/12mo+3mo` (twelve months, every three; whole ones only), or spans one by one, `2022:2022,2023-01-01:2023-06-30`. Years, months and days are whole and
 * both ends are included.
 */
export function parseWindows(text: string): Window[] {
  const windows = text.split(",").flatMap((part) => parsePart(part.trim(), text));
  if (windows.length > MAX_WINDOWS) {
    fail("sweep_windows", { text, reason: `these are more than ${MAX_WINDOWS} windows` });
  }
  return windows;
}

/** `2022-01-01/2022-07-01`, the second time excluded; clock times where they are not midnight. */
export function windowText({ from, to }: Window): string {
  return `${timeText(from)}/${timeText(to)}`;
}

function timeText(ms: number): string {
  const text = new Date(ms).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.replace(".000Z", "Z");
}

function parsePart(part: string, text: string): Window[] {
  const cut = /^(\S+?)\.\.(\S+?)(?:\/([^+/]+)(?:\+([^+/]+))?)?$/.exec(part);
  const single = /^([^:]+):([^:]+)$/.exec(part);
  const ends = cut ?? single;
  if (ends === null) return fail("sweep_windows", { text, reason: `"${part}" is no span of time` });
  const span = { from: dateSpan(ends[1]!, text).from, to: dateSpan(ends[2]!, text).to };
  if (span.from >= span.to)
    fail("sweep_windows", { text, reason: `${part} ends before it begins` });
  if (cut?.[3] === undefined) return [span];
  const length = lengthOf(cut[3], text);
  return cut[4] === undefined
    ? parts(span, length, length, text, false)
    : parts(span, length, lengthOf(cut[4], text), text, true);
}

function parts(
  span: Window,
  length: Length,
  stride: Length,
  text: string,
  wholeOnly: boolean,
): Window[] {
  const found: Window[] = [];
  for (let k = 0; ; k++) {
    const from = later(span.from, stride, k);
    if (from >= span.to) return found;
    const to = wholeOnly ? later(from, length, 1) : later(span.from, length, k + 1);
    if (wholeOnly && to > span.to) return found;
    found.push({ from, to: Math.min(to, span.to) });
    if (found.length > MAX_WINDOWS) {
      fail("sweep_windows", { text, reason: `these are more than ${MAX_WINDOWS} windows` });
    }
  }
}

function later(from: number, { months, days }: Length, times: number): number {
  const date = new Date(from);
  const day = date.getUTCDate();
  const moved = new Date(from + times * days * DAY);
  if (months === 0) return moved.getTime();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + times * months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, last));
}

function lengthOf(part: string, text: string): Length {
  const match = LENGTH.exec(part);
  const count = Number(match?.[1]);
  if (match === null || count === 0) {
    return fail("sweep_windows", {
      text,
      reason: `"${part}" is no length such as 6mo, 2w, 90d, 1y`,
    });
  }
  switch (match[2]) {
    case "d":
      return { months: 0, days: count };
    case "w":
      return { months: 0, days: 7 * count };
    case "mo":
      return { months: count, days: 0 };
    default:
      return { months: 12 * count, days: 0 };
  }
}

/** A year, a month or a day, from its first moment to the next one's. */
function dateSpan(part: string, text: string): Window {
  const match = DATE.exec(part);
  const [year, month, day] =
    match === null ? [] : match.slice(1).map((n) => (n === undefined ? 0 : Number(n)));
  const wrong = () => fail("sweep_windows", { text, reason: `"${part}" is no year, month or day` });
  if (year === undefined || month === undefined || day === undefined) return wrong();
  if (month === 0) return { from: Date.UTC(year, 0, 1), to: Date.UTC(year + 1, 0, 1) };
  if (month > 12) return wrong();
  if (day === 0) return { from: Date.UTC(year, month - 1, 1), to: Date.UTC(year, month, 1) };
  const from = Date.UTC(year, month - 1, day);
  return new Date(from).getUTCDate() === day ? { from, to: from + DAY } : wrong();
}
