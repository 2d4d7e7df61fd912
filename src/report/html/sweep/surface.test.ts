import { expect, test } from "vitest";
import { cellOf, neighbourMeans, surface } from "./surface.ts";

const x = Float64Array.of(1, 2, 1, 2, 1, 3);
const y = Float64Array.of(10, 10, 20, 20, 10, 20);
const z = Float64Array.of(0, 0, 0, 0, 1, 0);
const score = Float64Array.of(1, 2, Number.NaN, 4, 5, 4);
const rows = [0, 1, 2, 3, 4, 5];

test("a value falls into the last cell that begins at or below it", () => {
  expect([0, 1, 1.5, 2, 7, 99].map((value) => cellOf([1, 2, 5], value))).toEqual([
    0, 0, 0, 1, 2, 2,
  ]);
});

test("a cell shows its best trial, over all values of the others or at one of them", () => {
  const sides = { x: { cells: [1, 2], values: x }, y: { cells: [10, 20], values: y } };
  expect([...surface({ ...sides, fixed: [], rows, score })]).toEqual([4, 1, 2, 3]);
  const fixed = [{ cells: [0, 1], values: z, cell: 1 }];
  expect([...surface({ ...sides, fixed, rows, score })]).toEqual([4, -1, -1, -1]);
});

test("a neighbourhood leaves the cell itself and undefined cells out", () => {
  const found = neighbourMeans(Float64Array.of(1, 2, 3, 4, Number.NaN, 6), 3);
  expect([...found]).toEqual([3, 3.5, 4, 1.5, Number.NaN, 2.5]);
});
