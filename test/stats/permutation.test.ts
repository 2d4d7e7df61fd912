import { describe, expect, test } from "vitest";
import { orderTest, signTest } from "../../src/stats/validation/permutation.ts";
import { meanOf, noise } from "./noise.ts";

const year = { barsPerYear: 252 };

/** Share of p-values at or below a level, under a true null hypothesis. */
const rejected = (pValues: number[], level: number) =>
  pValues.filter((p) => p <= level).length / pValues.length;

describe("the sign test", () => {
  test("has the share of all sign patterns that do as well", () => {
    const returns = Float64Array.of(0.01, 0.03, -0.02, 0.05, 0.01, -0.01, 0.02, 0.04);
    const totals = Array.from({ length: 256 }, (_, bits) =>
      returns.reduce((equity, r, i) => equity * (1 + ((bits >> i) & 1 ? -r : r)), 1),
    );
    const exact = totals.filter((total) => total >= totals[0]).length / 256;
    const { p_values } = signTest(returns, { ...year, resamples: 20_000 })!;
    // Four standard errors of 20,000 draws.
    expect(Math.abs(p_values.total_return - exact)).toBeLessThan(4 * Math.sqrt(exact / 20_000));
  });

  test("rejects as often as it says where there is no skill, and nearly always where there is", () => {
    const p = (mean: number) =>
      Array.from(
        { length: 250 },
        (_, k) =>
          signTest(noise(k, 150, mean), { ...year, resamples: 99, seed: k })!.p_values.sharpe,
      );
    expect(Math.abs(rejected(p(0), 0.1) - 0.1)).toBeLessThan(0.075);
    expect(rejected(p(0.004), 0.05)).toBeGreaterThan(0.95);
  });

  test("is null where a flipped return would lose all", () => {
    expect(signTest(Float64Array.of(0.1, 1), year)).toBeNull();
    expect(signTest(Float64Array.of(0.1, Number.NaN), year)).toBeNull();
  });
});

describe("the order test", () => {
  test("has the drawdowns of all orders", () => {
    // Two falls by half and two rises: 6 orders of signs, drawdowns worked out by hand.
    const returns = Float64Array.of(0.5, 0.5, -0.5, -0.5);
    const { max_drawdown, p_value } = orderTest(returns, { ...year, resamples: 20_000 })!;
    expect(max_drawdown.estimate).toBeCloseTo(0.75, 14);
    expect([max_drawdown.low, max_drawdown.high]).toEqual([
      expect.closeTo(0.5, 12),
      expect.closeTo(0.75, 12),
    ]);
    expect(p_value).toBe(1);
    const alternating = orderTest(Float64Array.of(0.5, -0.5, 0.5, -0.5), {
      ...year,
      resamples: 20_000,
    })!;
    // Deepest 1 - 0.5·1.5·0.5 = 0.625 in -+- patterns, 0.75 in the three with both falls together, else 0.5 (-++-).
    expect(alternating.max_drawdown.estimate).toBeCloseTo(0.625, 14);
    expect(Math.abs(alternating.p_value - 3 / 6)).toBeLessThan(0.015);
  });

  test("finds a drawdown that came from losses in a row", () => {
    const returns = noise(8, 300, 0.001).sort().reverse();
    expect(orderTest(returns, { ...year, resamples: 500 })!.p_value).toBe(1);
    expect(orderTest(Float64Array.of(0.1), year)).toBeNull();
    expect(meanOf(returns)).toBeGreaterThan(0);
  });
});
