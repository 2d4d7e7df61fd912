import { fail } from "../../diagnostics/index.ts";
import { clockOf, dayOf, weekdayOf } from "./civil.ts";

interface Window {
  readonly start: number;
  readonly end: number;
  /** Bit 1 to 7: Sunday to Saturday. */
  readonly days: number;
}

const MINUTE = 60_000;
const ALL_DAYS = 0b1111_1110;
const WORKDAYS = 0b0111_1100;

/** "0930-1600:23456": when trading goes on. One that ends at or before its start runs over midnight, into the day that is named. */
export class Session {
  readonly #windows: readonly Window[];

  /** @param version up to 4 a session without days is one of Monday to Friday */
  constructor(text: string, version: number) {
    const plain = text.trim();
    this.#windows =
      plain === "" || plain === "24x7"
        ? [{ start: 0, end: 24 * 60 * MINUTE, days: ALL_DAYS }]
        : windowsOf(plain, version <= 4 ? WORKDAYS : ALL_DAYS);
  }

  /** @param local a moment on the clock of the session's zone */
  holds(local: number): boolean {
    const day = dayOf(local);
    const clock = clockOf(local);
    for (const { start, end, days } of this.#windows) {
      if (start < end) {
        if (clock >= start && clock < end && has(days, day)) return true;
      } else if (clock >= start) {
        if (has(days, day + 1)) return true;
      } else if (clock < end && has(days, day)) return true;
    }
    return false;
  }
}

function has(days: number, day: number): boolean {
  return ((days >>> weekdayOf(day)) & 1) === 1;
}

function windowsOf(text: string, standard: number): Window[] {
  const [hours = "", ...rest] = text.split(":");
  const days = rest.length === 0 ? standard : daysOf(rest.join(":"), text);
  // Days may stand behind each part, or once behind all.
  if (rest.length > 1) {
    return text.split(",").flatMap((part) => windowsOf(part.trim(), standard));
  }
  return hours.split(",").map((part) => {
    const match = /^(\d\d)(\d\d)-(\d\d)(\d\d)$/.exec(part.trim());
    if (match === null) return fail("script_session", { session: text });
    const [, a, b, c, d] = match.map(Number);
    const start = (a! * 60 + b!) * MINUTE;
    const end = (c! * 60 + d!) * MINUTE;
    if (a! > 24 || b! > 59 || c! > 24 || d! > 59) fail("script_session", { session: text });
    // Midnight as an end is that of the same day.
    return { start, end: end === 0 ? 24 * 60 * MINUTE : end, days };
  });
}

function daysOf(digits: string, session: string): number {
  if (digits.includes(",")) return 0;
  if (!/^[1-7]{1,7}$/.test(digits)) return fail("script_session", { session });
  return [...digits].reduce((days, digit) => days | (1 << Number(digit)), 0);
}
