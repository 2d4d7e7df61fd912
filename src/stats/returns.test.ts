import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BLOCK } from "./block-sum.ts";
import { sumReturns } from "./returns.ts";

describe("sumReturns", () => {
  test("counts the first return against the cash, and flat bars", () => {
    const sums = sumReturns(Float64Array.of(110, 110, 55), 100, 0, 0);
    expect(sums).toEqual({
      count: 3,
      excess: 0.1 - 0.5,
      squares: 0.1 * 0.1 + 0.25,
      gains: 0.1,
      losses: 0.5,
      downside: 0.25,
      ruined: false,
    });
  });

  test("a flat bar loses the risk-free return", () => {
    const { gains, losses, downside } = sumReturns(new Float64Array(4).fill(100), 100, 0, 0.01);
    expect([gains, losses, downside]).toEqual([0, 0.04, 4 * (0.01 * 0.01)]);
  });

  test("stops where equity is gone", () => {
    expect(sumReturns(Float64Array.of(100, 0, 50), 100, 0, 0).ruined).toBe(true);
    expect(sumReturns(Float64Array.of(100, -1), 100, 0, 0).ruined).toBe(true);
  });

  test("loses nothing to rounding over 100,000 bars that return 1e-9 and -1e-9 in turn", () => {
    const equity = Float64Array.from({ length: 100_000 }, (_, i) =>
      i % 2 === 0 ? 2 ** 30 + 1 : 2 ** 30,
    );
    const up = 1 / 2 ** 30;
    const down = 1 / (2 ** 30 + 1);
    const { excess, gains, losses } = sumReturns(equity, 2 ** 30, 0, 0);
    // 1/2^30 - 1/(2^30 + 1) = 1/(2^30 (2^30 + 1)), which keeps the digits that the difference would cancel.
    expect(Math.abs(excess / (50_000 * up * down) - 1)).toBeLessThan(1e-7);
    expect(Math.abs(gains / (50_000 * up) - 1)).toBeLessThan(1e-13);
    expect(Math.abs(losses / (50_000 * down) - 1)).toBeLessThan(1e-13);
  });

  test("gives the same bits when flat stretches are skipped block by block", () => {
    const moves = fc.array(fc.constantFrom(-0.01, 0, 0, 0, 0.013), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(moves, fc.integer({ min: 0, max: 3 * BLOCK }), (list, firstBar) => {
        const equity = new Float64Array(list.length);
        list.reduce((value, move, i) => (equity[i] = value * (1 + move)), 100);
        const moving = equity.filter((value, i) => value !== (i === 0 ? 100 : equity[i - 1]));
        const one = sumReturns(equity, 100, firstBar, 0);
        const two = sumReturns(moving, 100, 0, 0);
        // One block or several: both are the exact sum, rounded.
        for (const key of ["excess", "squares", "gains", "losses", "downside"] as const) {
          const size = Math.max(one.gains, one.losses, one.squares);
          expect(Math.abs(one[key] - two[key])).toBeLessThanOrEqual(1e-14 * size);
        }
      }),
    );
  });
});
