import { expect, test } from "vitest";
import { sparkline } from "./sparkline.ts";

test("a curve goes through all levels", () => {
  const rising = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  expect(sparkline(rising, 60, true)).toBe("▁▂▃▄▅▆▇█");
  expect(sparkline(rising, 4, true)).toBe("▁▃▆█");
  expect(sparkline(Float64Array.of(5, 1, 3), 60, false)).toBe(`"_-`);
});

test("a level curve stays low, an empty one is empty", () => {
  expect(sparkline(Float64Array.of(2, 2, 2), 60, true)).toBe("▁▁▁");
  expect(sparkline(new Float64Array(0), 60, true)).toBe("");
});
