import { describe, expect, test } from "vitest";
import { reshuffleTrades } from "../../src/stats/validation/reshuffle.ts";
import { noise } from "./noise.ts";

describe("reshuffling trades", () => {
  // Of the 6 orders of two losses of 50 and two wins of 50 from 100, worked out by hand:
  // ++-- 100/200; +-+- 50/150; +--+ 100/150; -++- 50/100; -+-+ 50/100; --++ 100/100 and equity 0 on the way.
  const trades = Float64Array.of(50, 50, -50, -50);
  const found = reshuffleTrades(trades, { cash: 100, resamples: 30_000 })!;

  test("keeps the sum and varies drawdown, streak and ruin as all orders do", () => {
    expect(found.final_equity).toEqual({ estimate: 100, low: 100, high: 100, median: 100 });
    expect(found.max_drawdown.estimate).toBe(0.5);
    expect([found.max_drawdown.low, found.max_drawdown.high]).toEqual([1 - 100 / 150, 1]);
    expect(found.max_drawdown.median).toBe(0.5);
    expect(found.losing_streak).toMatchObject({ estimate: 2, low: 1, high: 2 });
    expect(Math.abs(found.probability_of_ruin - 1 / 6)).toBeLessThan(0.009);
  });

  test("has bands of equity after each trade", () => {
    expect(found.bands.map((band) => band.trade)).toEqual([1, 2, 3, 4]);
    expect(found.bands[0]).toEqual({ trade: 1, low: 50, median: expect.any(Number), high: 150 });
    expect(found.bands[1]).toEqual({ trade: 2, low: 0, median: 100, high: 200 });
    expect(found.bands[3]).toEqual({ trade: 4, low: 100, median: 100, high: 100 });
    const thinned = reshuffleTrades(noise(1, 90), {
      cash: 1,
      unit: "fraction",
      resamples: 5,
      points: 4,
    })!;
    expect(thinned.bands.map((band) => band.trade)).toEqual([23, 45, 68, 90]);
  });
});

test("with replacement the sum varies as the trades do", () => {
  const trades = noise(3, 100, 5, 50);
  const { final_equity } = reshuffleTrades(trades, {
    cash: 10_000,
    replace: true,
    resamples: 4000,
  })!;
  const mean = trades.reduce((a, b) => a + b, 0) / 100;
  const deviation = Math.sqrt(trades.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 100);
  expect((final_equity.high - final_equity.low) / (2 * 1.96 * deviation * 10)).toBeCloseTo(1, 1);
});

test("fractions compound", () => {
  const { final_equity } = reshuffleTrades(Float64Array.of(0.5, -0.5), {
    cash: 100,
    unit: "fraction",
    resamples: 50,
  })!;
  expect(final_equity).toEqual({ estimate: 75, low: 75, high: 75, median: 75 });
});

test("ruin may be a level above 0", () => {
  const options = { cash: 100, resamples: 100, ruinLevel: 0.6 };
  expect(reshuffleTrades(Float64Array.of(-50, 60), options)!.probability_of_ruin).toBeGreaterThan(
    0.3,
  );
  expect(reshuffleTrades(Float64Array.of(-30, 60), options)!.probability_of_ruin).toBe(0);
});

test("no trades, or one that is na, have no answer, and points a range", () => {
  expect(reshuffleTrades(new Float64Array(0), { cash: 1 })).toBeNull();
  expect(reshuffleTrades(Float64Array.of(1, Number.NaN), { cash: 1 })).toBeNull();
  expect(() => reshuffleTrades(Float64Array.of(1), { cash: 1, points: 0 })).toThrow(RangeError);
});
