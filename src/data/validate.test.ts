import { describe, expect, it } from "vitest";
import type { Bars } from "../vector/columns.ts";
import { barFaults, timeFaults } from "./validate.ts";

const of = (...values: number[]) => Float64Array.from(values);

/** Rows of open, high, low, close, volume. */
function bars(...rows: [number, number, number, number, number][]): Bars {
  const column = (k: number) => of(...rows.map((row) => row[k]));
  return {
    time: of(...rows.map((_, i) => i * 60_000)),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
  };
}

describe("faults of time", () => {
  it("accepts strictly increasing times, gaps included", () => {
    expect(timeFaults(of(1, 2, 5))).toEqual([]);
    expect(timeFaults(of())).toEqual([]);
    expect(timeFaults(of(7))).toEqual([]);
  });

  it("names the first step back and the first repetition, and counts the rest", () => {
    expect(timeFaults(of(1, 2, 2, 1, 3, 3, 2))).toEqual([
      { code: "time_unsorted", index: 3, count: 2, newestFirst: false },
      { code: "time_duplicated", index: 2, count: 2 },
    ]);
  });

  it("knows a file that is newest first", () => {
    expect(timeFaults(of(3, 2, 1))[0]).toMatchObject({ count: 2, newestFirst: true });
  });
});

describe("faults of bars", () => {
  it("accepts bars whose range holds open and close, with volume or na", () => {
    const found = barFaults(bars([2, 3, 1, 2, 10], [2, 2, 2, 2, 0], [2, 3, 1, 3, Number.NaN]));
    expect(found).toEqual({ errors: [], warnings: [] });
  });

  it.each([
    [0, "open"],
    [1, "high"],
    [2, "low"],
    [3, "close"],
  ])("refuses a price that is not finite, column %d", (k, column) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const bad: [number, number, number, number, number] = [2, 3, 1, 2, 1];
      bad[k] = value;
      const { errors } = barFaults(bars([2, 3, 1, 2, 1], bad, bad));
      expect(errors).toEqual([{ code: "price_not_finite", index: 1, count: 2, column }]);
    }
  });

  it("refuses high below low and infinite volume", () => {
    const { errors } = barFaults(bars([2, 1, 3, 2, 1], [2, 3, 1, 2, Number.POSITIVE_INFINITY]));
    expect(errors).toEqual([
      { code: "high_below_low", index: 0, count: 1 },
      { code: "volume_not_finite", index: 1, count: 1 },
    ]);
  });

  it("warns of a close outside the range, of prices at or below zero and of negative volume", () => {
    const found = barFaults(bars([2, 3, 1, 4, 1], [-2, 3, -3, 0, 1], [2, 3, 1, 2, -1]));
    expect(found).toEqual({
      errors: [],
      warnings: [
        { code: "bar_inconsistent", index: 0, count: 1 },
        { code: "price_not_positive", index: 1, count: 1, column: "open" },
        { code: "volume_negative", index: 2, count: 1 },
      ],
    });
  });
});
