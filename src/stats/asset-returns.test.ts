import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BLOCK } from "./block-sum.ts";
import { type Invested, sumReturns } from "./returns.ts";

const KEYS = ["excess", "gains", "losses", "squares", "downside"] as const;

/** An account that buys 3 of the asset on bar `from` with all its money and holds it to the end. */
function holding(close: Float64Array, from: number) {
  const cash = 3 * close[from];
  const equity = close.map((price, i) => (i < from ? cash : 3 * price));
  const stretches = Int32Array.of(from + 1, close.length);
  return { cash, equity, invested: { close, stretches } satisfies Invested };
}

describe("stretches wholly in the asset", () => {
  test("have the asset's returns", () => {
    // Returns that are powers of two, so that every sum is exact.
    const close = Float64Array.of(128, 64, 32, 32, 48);
    const { cash, equity, invested } = holding(close, 1);
    const sums = sumReturns(equity, cash, 0, 0, invested);
    expect(sums).toEqual({
      count: 5,
      excess: 0,
      gains: 0.5,
      losses: 0.5,
      squares: 0.5,
      downside: 0.25,
      ruined: false,
    });
  });

  test("sum to what the bars of equity sum to, over blocks, na closes and risk-free returns", () => {
    const moves = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), {
      minLength: 2,
      maxLength: 3 * BLOCK,
    });
    fc.assert(
      fc.property(moves, fc.nat(), fc.constantFrom(0, 1e-5), (list, at, rf) => {
        const close = new Float64Array(list.length);
        list.reduce((price, move, i) => (close[i] = price * (1 + move)), 100);
        const marked = close.slice();
        for (let i = 1; i < close.length; i++) {
          if (i % 7 !== 3) continue;
          close[i] = Number.NaN;
          marked[i] = marked[i - 1];
        }
        const { cash, equity, invested } = holding(marked, at % list.length);
        const fast = sumReturns(equity, cash, 0, rf, { ...invested, close });
        const slow = sumReturns(equity, cash, 0, rf);
        // Running sums round at the size of what their block adds up to, held or not.
        const size = slow.gains + slow.losses + 0.05 * BLOCK;
        for (const key of KEYS) {
          expect(Math.abs(fast[key] - slow[key])).toBeLessThanOrEqual(1e-14 * size);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("do not depend on where the run begins within the dataset", () => {
    const close = Float64Array.from({ length: 3000 }, (_, i) => 100 + ((i * 37) % 11));
    const whole = holding(close, 1500);
    const late = whole.equity.subarray(1000);
    expect(sumReturns(late, whole.cash, 1000, 0, whole.invested)).toEqual({
      ...sumReturns(whole.equity, whole.cash, 0, 0, whole.invested),
      count: 2000,
    });
  });

  test("are read bar by bar where a price is not positive", () => {
    const close = Float64Array.of(100, 50, -10, 60);
    const { cash, equity, invested } = holding(close, 0);
    expect(sumReturns(equity, cash, 0, 0, invested).ruined).toBe(true);
  });
});
