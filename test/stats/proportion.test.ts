import { describe, expect, test } from "vitest";
import { binomialTest } from "../../src/stats/validation/binomial-test.ts";
import { binomialPmf } from "../../src/stats/validation/special/binomial.ts";
import { wilsonInterval } from "../../src/stats/validation/wilson.ts";

describe("Wilson's interval", () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i is [%f, %f]", (wins, trials, low, high) => {
    const interval = wilsonInterval(wins, trials)!;
    expect([interval.low.toFixed(4), interval.high.toFixed(4)]).toEqual([
      low.toFixed(4),
      high.toFixed(4),
    ]);
  });

  test("is 0 or 1 at its ends, mirrored, and null without a trial", () => {
    expect(wilsonInterval(20, 20)!.high).toBe(1);
    expect(wilsonInterval(20, 20)!.low).toBeCloseTo(1 - wilsonInterval(0, 20)!.high, 14);
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  test("covers the true rate about as often as it says", () => {
    for (const [n, p] of [
      [30, 0.5],
      [80, 0.3],
      [200, 0.55],
    ] as const) {
      let covered = 0;
      for (let k = 0; k <= n; k++) {
        const { low, high } = wilsonInterval(k, n)!;
        if (low <= p && p <= high) covered += binomialPmf(k, n, p);
      }
      expect(Math.abs(covered - 0.95)).toBeLessThan(0.02);
    }
  });

  test("refuses counts that are none", () => {
    for (const [k, n] of [
      [-1, 3],
      [4, 3],
      [0.5, 3],
      [1, Number.NaN],
    ]) {
      expect(() => wilsonInterval(k, n)).toThrow(RangeError);
    }
    expect(() => wilsonInterval(1, 2, 1)).toThrow(RangeError);
  });
});

describe("the exact binomial test", () => {
  test("has the p-value of R's example, binom.test(682, 925, p = 0.75)", () => {
    expect(binomialTest(682, 925, 0.75).toFixed(4)).toBe("0.3825");
  });

  test("adds up every outcome that is no more likely", () => {
    for (const [n, p] of [
      [1, 0.5],
      [9, 0.5],
      [12, 0.21],
      [30, 0.9],
      [31, 1 / 3],
    ] as const) {
      const chances = Array.from({ length: n + 1 }, (_, k) => binomialPmf(k, n, p));
      chances.forEach((chance, k) => {
        const slow = chances.reduce((sum, c) => sum + (c <= chance * (1 + 1e-7) ? c : 0), 0);
        expect(binomialTest(k, n, p)).toBeCloseTo(Math.min(1, slow), 12);
      });
    }
  });

  test("has sides that overlap in what was observed", () => {
    const [greater, less] = (["greater", "less"] as const).map((side) =>
      binomialTest(7, 20, 0.4, side),
    );
    expect(greater + less).toBeCloseTo(1 + binomialPmf(7, 20, 0.4), 13);
  });

  test("is 1 without a trial and at certainty, 0 at impossibility", () => {
    expect(binomialTest(0, 0)).toBe(1);
    expect([binomialTest(3, 3, 1), binomialTest(2, 3, 1), binomialTest(0, 3, 0)]).toEqual([
      1, 0, 1,
    ]);
    expect(() => binomialTest(1, 2, 1.5)).toThrow(RangeError);
    expect(() => binomialTest(3, 2)).toThrow(RangeError);
  });
});
