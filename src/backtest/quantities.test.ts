import { expect, test } from "vitest";
import { decimalPlaces, decimalUnits } from "./quantities.ts";

test("zeros at the end are no decimal places", () => {
  expect(["1", "1.0", "0.0010", "12.5", ".5"].map(decimalPlaces)).toEqual([0, 0, 3, 1, 1]);
});

test("units are whole numbers of the smallest place", () => {
  expect(decimalUnits("0.3", 1)).toBe(3);
  expect(decimalUnits("0.0010", 3)).toBe(1);
  expect(decimalUnits("12.5", 12)).toBe(12_500_000_000_000);
  expect(decimalUnits("7", 2)).toBe(700);
  expect(decimalUnits(".5", 2)).toBe(50);
});
