import fc from "fast-check";
import { expect, test } from "vitest";
import { maxDrawdown } from "./drawdown.ts";

const curve = (...values: number[]) => Float64Array.from(values);

test("the starting cash is the first maximum", () => {
  expect(maxDrawdown(curve(90, 95), 100)).toEqual({ depth: 1 - 90 / 100, bars: 2 });
});

test("a curve that never falls has none", () => {
  expect(maxDrawdown(curve(100, 100, 101, 105), 100)).toEqual({ depth: 0, bars: 0 });
});

test("the deepest and the longest may be different ones", () => {
  expect(maxDrawdown(curve(50, 100, 99, 99, 99, 100), 100)).toEqual({ depth: 0.5, bars: 3 });
});

test("one that has not recovered counts to the last bar", () => {
  expect(maxDrawdown(curve(100, 120, 119, 90, 118), 100)).toEqual({ depth: 0.25, bars: 3 });
});

test("equals the definition bar by bar", () => {
  const values = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 });
  fc.assert(
    fc.property(values, (list) => {
      let peak = 25;
      let depth = 0;
      let bars = 0;
      let below = 0;
      for (const value of list) {
        peak = Math.max(peak, value);
        depth = Math.max(depth, 1 - value / peak);
        below = value < peak ? below + 1 : 0;
        bars = Math.max(bars, below);
      }
      expect(maxDrawdown(curve(...list), 25)).toEqual({ depth, bars });
    }),
    { numRuns: 2000 },
  );
});
