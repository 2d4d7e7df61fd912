import { describe, expect, test } from "vitest";
import { sessionOf } from "./session.ts";

const at = (text: string) => Date.parse(`${text}Z`);
const day = { minutes: 1440, months: 0, start: 0 };
const week = { ...day, minutes: 10_080 };
const month = { ...day, months: 1 };

describe("a session", () => {
  test("of a day begins at midnight UTC, or as many minutes after it as told", () => {
    const before = sessionOf(at("2024-03-10T23:59"), day);
    expect(sessionOf(at("2024-03-11T00:00"), day)).toBe(before + 1);
    const late = { ...day, start: 570 };
    expect(sessionOf(at("2024-03-11T09:29"), late)).toBe(before);
    expect(sessionOf(at("2024-03-11T09:30"), late)).toBe(before + 1);
    const early = { ...day, start: -120 };
    expect(sessionOf(at("2024-03-10T21:59"), early)).toBe(before);
    expect(sessionOf(at("2024-03-10T22:00"), early)).toBe(before + 1);
  });

  test("of a week begins on Monday, before 1970 too", () => {
    for (const monday of ["2024-03-11", "1970-01-05", "1969-12-29", "1969-12-22"]) {
      const first = sessionOf(at(`${monday}T00:00`), week);
      expect(sessionOf(at(`${monday}T00:00`) - 1, week)).toBe(first - 1);
      expect(sessionOf(at(`${monday}T00:00`) + 7 * 86_400_000 - 1, week)).toBe(first);
    }
  });

  test("of calendar months follows the calendar, leap years included", () => {
    for (let time = at("1895-01-01T11:00"); time < at("2105-01-01T00:00"); time += 86_400_000) {
      const date = new Date(time);
      const months = 12 * date.getUTCFullYear() + date.getUTCMonth();
      for (const count of [1, 3, 12]) {
        const found = sessionOf(time, { ...month, months: count });
        if (found !== Math.floor(months / count))
          throw new Error(`${date.toISOString()}: ${found}`);
      }
    }
    expect(sessionOf(at("2024-03-01T09:29"), { ...month, start: 570 })).toBe(12 * 2024 + 1);
  });
});
