import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { downsample } from "./downsample.ts";

const anyCurve = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 400,
});

describe("downsample", () => {
  test("keeps a spike and a dip between its points", () => {
    const values = new Float64Array(1000).fill(5);
    values[421] = 9;
    values[777] = 1;
    const kept = Array.from(downsample(values, 10));
    expect(kept).toHaveLength(10);
    expect(kept).toEqual(expect.arrayContaining([0, 421, 777, 999]));
  });

  test("gives exactly the points asked for, ascending, with both ends and both extremes", () => {
    fc.assert(
      fc.property(anyCurve, fc.integer({ min: 4, max: 100 }), (list, points) => {
        const values = Float64Array.from(list);
        const kept = Array.from(downsample(values, points));
        expect(kept).toHaveLength(Math.min(points, list.length));
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        expect(kept[0]).toBe(0);
        expect(kept.at(-1)).toBe(list.length - 1);
        const seen = kept.map((i) => values[i]);
        expect(Math.max(...seen)).toBe(Math.max(...list));
        expect(Math.min(...seen)).toBe(Math.min(...list));
      }),
      { numRuns: 2000 },
    );
  });

  test("keeps a curve that is short enough as it is", () => {
    expect(Array.from(downsample(Float64Array.of(3, 1, 2), 4))).toEqual([0, 1, 2]);
  });

  test("refuses fewer points than ends and extremes need", () => {
    expect(() => downsample(Float64Array.of(1, 2), 3)).toThrow(RangeError);
  });
});
