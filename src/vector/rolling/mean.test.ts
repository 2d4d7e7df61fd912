import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinHeads, sumTails } from "./compensated.ts";
import { rollingMean } from "./mean.ts";
import { rebasedMeans } from "./rebased.ts";

/** Every block by compensated sums. */
function compensatedMean(source: Float64Array, period: number): Float64Array {
  const out = new Float64Array(source.length).fill(Number.NaN);
  const tails = new Float64Array(period + 1);
  const errors = new Float64Array(period + 1);
  for (let start = 0; start < source.length; start += period) {
    const bars = Math.min(period, source.length - start);
    if (start > 0) sumTails(source, start - period, period, tails, errors);
    joinHeads(source, start, bars, period, tails, errors, out);
  }
  return out.fill(Number.NaN, 0, period - 1);
}

const series = fc
  .record({
    start: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    steps: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 400 }),
    size: fc.integer({ min: -12, max: 3 }),
    scale: fc.constantFrom(1, 1e-150, 1e145, 1e-300),
  })
  .map(({ start, steps, size, scale }) => {
    let price = start;
    return Float64Array.from(steps, (step) => {
      price += step * 10 ** size;
      return price * scale;
    });
  });

describe("rollingMean", () => {
  test("has the bits of compensated sums where it takes the short way", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 60 }), (source, period) => {
        fc.pre(period <= source.length);
        const out = new Float64Array(source.length).fill(Number.NaN);
        expect(Math.abs(rollingMean(source, 0, period, out))).toBe(0);
        expect(Array.from(out)).toEqual(Array.from(compensatedMean(source, period)));
      }),
      { numRuns: 2000 },
    );
  });

  test("takes the short way over calm prices, the long way over wild ones", () => {
    const calm = Float64Array.from({ length: 40 }, (_, i) => 100 + (i % 7) / 100);
    const wild = calm.map((price, i) => (i === 25 ? 2 * price : price));
    const tails = new Float64Array(21);
    const out = new Float64Array(40);
    expect(rebasedMeans(calm, 20, 20, 20, tails, out)).toBe(true);
    expect(rebasedMeans(wild, 20, 20, 20, tails, out)).toBe(false);
    expect(rebasedMeans(new Float64Array(40), 20, 20, 20, tails, out)).toBe(false);
  });

  test("tells of na by NaN", () => {
    for (let gap = 0; gap < 10; gap++) {
      const source = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
      source[gap] = Number.NaN;
      for (const period of [1, 3, 4, 10]) {
        expect(rollingMean(source, 0, period, new Float64Array(10))).toBeNaN();
      }
    }
  });
});
