import { describe, expect, test } from "vitest";
import { logarithm } from "./logarithm.ts";

/** Logarithms to 50 digits by the decimal module of Python, rounded. */
const KNOWN: readonly (readonly [x: number, log: number])[] = [
  [3, 1.0986122886681098],
  [1000, 6.907755278982137],
  [0.3, -1.2039728043259361],
  [1.0000000000000002, 2.220446049250313e-16],
  [0.9999999999999999, -1.1102230246251565e-16],
  [1e300, 690.7755278982137],
  [5e-324, -744.4400719213812],
  [2.2250738585072014e-308, -708.3964185322641],
  [1.7976931348623157e308, 709.782712893384],
];

describe("the logarithm", () => {
  test.each(KNOWN)("of %d", (x, log) => {
    expect(Math.abs(logarithm(x) - log)).toBeLessThanOrEqual(ulp(log));
  });

  test("of 1 is 0", () => {
    expect(logarithm(1)).toBe(0);
  });

  test.each([
    [0, -Infinity],
    [-0, -Infinity],
    [-1, Number.NaN],
    [-Infinity, Number.NaN],
    [Number.NaN, Number.NaN],
    [Infinity, Infinity],
  ])("of %d is what Math.log gives", (x, log) => {
    expect(logarithm(x)).toBe(log);
    expect(Math.log(x)).toBe(log);
  });

  test("is within a unit in the last place of the engine's, from the least number to the largest", () => {
    for (let i = 0; i < 200_000; i++) {
      const x =
        i % 2 === 0 ? Math.exp(((i * 0.618) % 1) * 1450 - 743) : 1 + ((i * 0.618) % 1) * 0.1 - 0.05;
      const log = Math.log(x);
      if (Math.abs(logarithm(x) - log) > ulp(log)) expect.fail(`logarithm(${x})`);
    }
  });
});

function ulp(x: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(x)));
  return 2 ** (Math.max(exponent, -1022) - 52);
}
