import { describe, expect, test } from "vitest";
import { kellyFromTrades, kellyStake } from "../../src/stats/validation/kelly.ts";
import { wilsonInterval } from "../../src/stats/validation/wilson.ts";

const repeated = (wins: number, win: number, losses: number, loss: number) =>
  Float64Array.from({ length: wins + losses }, (_, i) => (i < wins ? win : -loss));

describe("Kelly's stake", () => {
  test("is a fifth at six wins in ten for even money, and a quarter of it is bet", () => {
    const found = kellyFromTrades(repeated(60, 5, 40, 5))!;
    expect(found).toMatchObject({ trades: 100, win_rate: 0.6, payoff: 1, fraction: 0.25 });
    expect(found.kelly).toBeCloseTo(0.2, 14);
    expect(found.stake).toBeCloseTo(0.05, 14);
  });

  test("makes equity grow faster than any other stake", () => {
    const [p, b] = [0.45, 1.8];
    const growth = (stake: number) => p * Math.log1p(stake * b) + (1 - p) * Math.log1p(-stake);
    const best = kellyStake(p, b);
    for (const other of [0.5, 0.9, 0.99, 1.01, 1.1, 2]) {
      expect(growth(best)).toBeGreaterThan(growth(best * other));
    }
  });

  test("has the interval of the win rate, and a like one by drawing trades again", () => {
    const found = kellyFromTrades(repeated(60, 5, 40, 5))!;
    const rate = wilsonInterval(60, 100)!;
    expect(found.interval.low).toBeCloseTo(2 * rate.low - 1, 14);
    expect(found.interval.high).toBeCloseTo(2 * rate.high - 1, 14);
    expect(found.bootstrap.low).toBeCloseTo(found.interval.low, 1);
    expect(found.bootstrap.high).toBeCloseTo(found.interval.high, 1);
  });

  test("is more uncertain where payoffs vary", () => {
    const varied = Float64Array.from({ length: 100 }, (_, i) =>
      i < 40 ? (i % 10 === 0 ? 41 : 1) : -2,
    );
    const found = kellyFromTrades(varied)!;
    expect(found.payoff).toBe(2.5);
    const width = (of: { low: number; high: number }) => of.high - of.low;
    expect(width(found.bootstrap)).toBeGreaterThan(1.3 * width(found.interval));
  });

  test("without an edge is not above 0, and nothing is bet", () => {
    const { kelly, stake } = kellyFromTrades(repeated(4, 1, 6, 1), { fraction: 1, resamples: 10 })!;
    expect(kelly).toBeCloseTo(-0.2, 14);
    expect(stake).toBe(0);
  });
});

test("needs a win and a loss of money", () => {
  for (const trades of [[], [1, 2], [-1, -2], [0, 0], [1, 0], [1, Number.NaN]]) {
    expect(kellyFromTrades(Float64Array.from(trades))).toBeNull();
  }
  expect(() => kellyFromTrades(Float64Array.of(1, -1), { fraction: 0 })).toThrow(RangeError);
});

test("resamples without a loss or a win are the limits of a sample", () => {
  expect([kellyStake(1, 3), kellyStake(0, 0), kellyStake(0.5, 0)]).toEqual([1, -1, -1]);
});
