import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  binomialCdf,
  binomialPmf,
  binomialSurvival,
} from "../../src/stats/validation/special/binomial.ts";
import { betaTails } from "../../src/stats/validation/special/incomplete-beta.ts";
import { logGamma } from "../../src/stats/validation/special/log-gamma.ts";
import {
  normalCdf,
  normalQuantile,
  normalSurvival,
} from "../../src/stats/validation/special/normal.ts";

type Row = readonly [name: string, args: readonly number[], value: number];

const FUNCTIONS: Readonly<Record<string, (...args: number[]) => number>> = {
  normalCdf,
  normalSurvival,
  normalQuantile,
  logGamma,
  lower: (a, b, x) => betaTails(a, b, x).lower,
  upper: (a, b, x) => betaTails(a, b, x).upper,
  binomialPmf,
};

/** See golden/make_special.py. */
const golden: readonly Row[] = JSON.parse(
  readFileSync(new URL("./golden/special.json", import.meta.url), "utf8"),
);

describe("special functions", () => {
  test.each(Object.keys(FUNCTIONS))("%s has mpmath's values to 1e-12", (name) => {
    const rows = golden.filter((row) => row[0] === name);
    expect(rows.length).toBeGreaterThan(50);
    for (const [, args, value] of rows) {
      const got = FUNCTIONS[name](...args);
      const close = Math.abs(got - value) <= 1e-12 * Math.abs(value);
      expect([args, got, close]).toEqual([args, got, true]);
    }
  });

  test("the normal distribution ends at 0 and 1, and na stays na", () => {
    expect([normalCdf(Number.NEGATIVE_INFINITY), normalCdf(Number.POSITIVE_INFINITY)]).toEqual([
      0, 1,
    ]);
    expect([normalCdf(-40), normalCdf(40), normalCdf(0)]).toEqual([0, 1, 0.5]);
    expect(normalCdf(Number.NaN)).toBeNaN();
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
    ]);
    expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(Number.NaN)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });

  test("log-gamma has its roots and factorials", () => {
    expect([logGamma(1), logGamma(2)]).toEqual([0, 0]);
    expect(Math.exp(logGamma(11))).toBeCloseTo(3_628_800, 5);
    expect([logGamma(0), logGamma(-1.5)]).toEqual([Number.NaN, Number.NaN]);
  });

  test("the incomplete beta function ends at 0 and 1 and takes no other arguments", () => {
    expect(betaTails(2, 3, 0)).toEqual({ lower: 0, upper: 1 });
    expect(betaTails(2, 3, 1)).toEqual({ lower: 1, upper: 0 });
    for (const args of [
      [0, 1, 0.5],
      [1, -1, 0.5],
      [1, 1, 1.5],
      [1, 1, Number.NaN],
    ] as const) {
      expect(betaTails(args[0], args[1], args[2]).lower).toBeNaN();
    }
  });

  test("binomial tails are sums of the probabilities", () => {
    for (const [n, p] of [
      [1, 0.3],
      [7, 0.5],
      [40, 0.07],
      [200, 0.61],
    ] as const) {
      let sum = 0;
      for (let k = 0; k <= n; k++) {
        expect(binomialSurvival(k, n, p)).toBeCloseTo(1 - sum, 12);
        sum += binomialPmf(k, n, p);
        expect(binomialCdf(k, n, p)).toBeCloseTo(sum, 12);
      }
      expect(sum).toBeCloseTo(1, 12);
    }
    expect([binomialCdf(-1, 5, 0.5), binomialCdf(5, 5, 0.5)]).toEqual([0, 1]);
    expect([binomialSurvival(0, 5, 0.5), binomialSurvival(6, 5, 0.5)]).toEqual([1, 0]);
    expect([binomialPmf(0, 3, 0), binomialPmf(3, 3, 1), binomialPmf(1, 3, 1)]).toEqual([1, 1, 0]);
  });
});
