import fc from "fast-check";
import { expect, test } from "vitest";
import { coarser, indexAt, linePoints } from "./levels.ts";

const { NaN: na } = Number;

test("a coarser level keeps first open, last close, extremes and the sum of volume", () => {
  const level = coarser({
    time: Float64Array.of(0, 1, 2, 3, 4, 5),
    open: Float64Array.of(na, 10, 11, 12, 9, na),
    high: Float64Array.of(na, 15, 12, 13, 9.5, na),
    low: Float64Array.of(na, 9, 7, 11, 8, na),
    close: Float64Array.of(na, 11, 12, 12.5, 9, na),
    volume: Float64Array.of(na, 1, 2, 3, 4, na),
  });
  expect(Object.values(level).map((column) => Array.from(column))).toEqual([
    [0, 4],
    [10, 9],
    [15, 9.5],
    [7, 8],
    [12.5, 9],
    [6, 4],
  ]);
});

test("a thinned line has the extremes, in order, and few points", () => {
  const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.integer({ min: 4, max: 50 }), (list, points) => {
      const column = Float64Array.from(list);
      const chosen = linePoints(column, 0, list.length, points);
      expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
      expect(chosen.length).toBeLessThanOrEqual(points + 2);
      const kept = chosen.map((i) => column[i]!);
      expect(Math.max(...kept)).toBe(Math.max(...list));
      expect(Math.min(...kept)).toBe(Math.min(...list));
    }),
  );
});

test("na is no point of a line", () => {
  expect(linePoints(Float64Array.of(na, 1, na, 2), 0, 4, 100)).toEqual([1, 3]);
  expect(linePoints(new Float64Array(100).fill(na), 0, 100, 4)).toEqual([]);
});

test("an index is the first that is not earlier", () => {
  const times = Float64Array.of(10, 20, 30);
  expect([5, 10, 11, 30, 31].map((time) => indexAt(times, time))).toEqual([0, 0, 1, 2, 3]);
});
