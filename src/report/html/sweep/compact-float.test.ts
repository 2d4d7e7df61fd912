import fc from "fast-check";
import { expect, test } from "vitest";
import { compactFloat, fromCompactFloat } from "./compact-float.ts";

const seed = Number(process.env["SWYMC_FC_SEED"] ?? 20261121);
const numbers = fc.double({ min: -1e30, max: 1e30, noNaN: true });

test("a number comes back to four digits, zero and na as they are", () => {
  for (const value of [0, 1, -1, 0.1, 1e-20, -123456.789, 1e30]) {
    const back = fromCompactFloat(compactFloat(value));
    expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -16.9);
  }
  expect(fromCompactFloat(compactFloat(Number.NaN))).toBeNaN();
  expect(compactFloat(0)).toBe(0);
});

test("greater numbers never have lower codes", () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const [low, high] = a <= b ? [a, b] : [b, a];
      return compactFloat(low) <= compactFloat(high);
    }),
    { seed },
  );
});
