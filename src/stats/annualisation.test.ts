import { describe, expect, test } from "vitest";
import { barsPerYear } from "./annualisation.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const times = (...steps: number[]) => Float64Array.from([0, ...steps]);

describe("barsPerYear", () => {
  test("is 365 days over the interval", () => {
    expect(barsPerYear(times(), { interval: HOUR })).toBe(8760);
    expect(barsPerYear(times(), { interval: DAY })).toBe(365);
  });

  test("counts calendar months as 12 a year", () => {
    expect(barsPerYear(times(), { interval: 30 * DAY })).toBe(12);
  });

  test("with a calendar is that many days of the median number of bars, empty days left out", () => {
    const sessions = [0, 1, 2, 24, 25, 72, 73, 74, 75].map((hour) => hour * HOUR);
    expect(barsPerYear(Float64Array.from(sessions), { interval: HOUR, calendar: 252 })).toBe(
      252 * 3,
    );
  });
});
