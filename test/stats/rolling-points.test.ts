import fc from "fast-check";
import { expect, test } from "vitest";
import { barReturns, rollingMetrics, rollingPoints } from "../../src/stats/analysis/index.ts";

const NAMES = ["total_return", "volatility", "sharpe", "drawdown"] as const;
const seed = Number(process.env["SWYMC_FC_SEED"] ?? 1);

/** Equity that stays, moves and may be ruined. */
const curves = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: -0.1, max: 0.1, noNaN: true })), {
    minLength: 4,
    maxLength: 120,
  })
  .chain((returns) =>
    fc.record({
      returns: fc.constant(returns),
      ruin: fc.option(fc.nat(returns.length - 1), { freq: 4 }),
      window: fc.integer({ min: 2, max: returns.length }),
      every: fc.integer({ min: 1, max: returns.length }),
    }),
  );

test("points are those of the rolling metrics of every bar", () => {
  fc.assert(
    fc.property(curves, ({ returns, ruin, window, every }) => {
      const cash = 1000;
      let level = cash;
      const equity = Float64Array.from(returns, (r, i) =>
        i === ruin ? (level = -5) : (level *= 1 + r),
      );
      const options = { window, barsPerYear: 252, riskFreeReturn: 0.02 };
      const all = rollingMetrics(equity, cash, options);
      const points = rollingPoints(equity, cash, {
        ...options,
        returns: barReturns(equity, cash),
        every,
      });
      const ends = [];
      for (let end = window - 1; end < equity.length; end += every) ends.push(end);
      for (const name of NAMES) {
        expect(points[name].length).toBe(ends.length);
        ends.forEach((end, k) => {
          const [found, expected] = [points[name][k], all[name][end]];
          if (Number.isNaN(expected)) expect(found).toBeNaN();
          else
            expect(Math.abs(found - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
        });
      }
    }),
    { seed, numRuns: 500 },
  );
});
