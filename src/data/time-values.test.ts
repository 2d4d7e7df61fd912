import { describe, expect, it } from "vitest";
import { inferUnit, toEpochMs } from "./time-values.ts";

const of = (...values: number[]) => Float64Array.from(values);

describe("epoch numbers", () => {
  it("tells the unit by size", () => {
    expect(inferUnit(1704067200)).toBe("s");
    expect(inferUnit(1704067200000)).toBe("ms");
    expect(inferUnit(1704067200000000)).toBe("us");
    expect(inferUnit(1704067200000000000)).toBe("ns");
  });

  it.each([0, -1704067200, 5e7, 2e10, 5e13, 2e16, 1e20])(
    "does not guess the unit of %d",
    (value) => {
      expect(() => inferUnit(value)).toThrow(`time_unit_unclear: the time ${value}`);
    },
  );

  it.each([
    ["s", 1704067200],
    ["ms", 1704067200000],
    ["us", 1704067200000000],
    ["ns", 1704067200000000000],
  ] as const)("converts %s to whole milliseconds", (unit, value) => {
    expect([...toEpochMs(of(value), undefined).time]).toEqual([1704067200000]);
    expect([...toEpochMs(of(value), unit).time]).toEqual([1704067200000]);
  });

  it("takes any number in a unit that is given", () => {
    expect([...toEpochMs(of(-1, 0, 0.5), "s").time]).toEqual([-1000, 0, 500]);
  });

  it("finds the first row in another unit than the first", () => {
    const { faults } = toEpochMs(of(1704067200000, 1704067260000, 1704067320000000), undefined);
    expect(faults).toEqual([{ code: "time_units_mixed", index: 2, count: 1, unit: "ms" }]);
  });

  it("finds rows without a time and times between milliseconds", () => {
    const { faults } = toEpochMs(of(1704067200000000, Number.NaN, 1704067200000500), "us");
    expect(faults).toEqual([
      { code: "bad_time", index: 1, count: 1 },
      { code: "time_below_ms", index: 2, count: 1 },
    ]);
  });

  it("finds a column without any time", () => {
    expect(toEpochMs(of(Number.NaN, Number.NaN), undefined).faults).toEqual([
      { code: "bad_time", index: 0, count: 2 },
    ]);
  });
});
