import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinHeads, sumTails } from "./compensated.ts";
import { exactSums } from "./exact-sums.ts";
import { rollingMean } from "./mean.ts";

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

/** Values of very different sizes, so that the short way is left and taken again. */
const mixed = fc.array(
  fc.oneof(
    {
      weight: 20,
      arbitrary: fc.double({ min: -1000, max: 1000, noNaN: true }).map((x) => Math.fround(x)),
    },
    { weight: 20, arbitrary: fc.double({ min: -1000, max: 1000, noNaN: true }) },
    {
      weight: 5,
      arbitrary: fc.constantFrom(0, -0, 1e-30, 1e30, -1e30, 2 ** 53, 1 + 2 ** -52, 5e-324),
    },
  ),
  { minLength: 1, maxLength: 600 },
);

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
    fc.assert(
      fc.property(mixed, fc.integer({ min: 1, max: 60 }), (values, period) => {
        fc.pre(period <= values.length);
        const source = Float64Array.from(values);
        const out = new Float64Array(source.length).fill(Number.NaN);
        expect(Math.abs(rollingMean(source, 0, period, out))).toBe(0);
        expect(Array.from(out)).toEqual(Array.from(compensatedMean(source, period)));
      }),
      { numRuns: 1000 },
    );
  });

  test("takes the short way where grids hold the values, the long way else", () => {
    const calm = Float64Array.from({ length: 40 }, (_, i) => 100 + (i % 7) / 100);
    const out = new Float64Array(40);
    expect(exactSums(calm, 20, 20, 20, out)).toBe(40);
    expect(exactSums(new Float64Array(40), 20, 20, 20, out)).toBe(40);
    const far = calm.with(25, 1e6);
    expect(exactSums(far, 20, 20, 20, out)).toBe(40);
    const farther = Float64Array.from({ length: 2000 }, (_, i) =>
      i === 1500 ? 1e6 : calm[i % 40],
    );
    expect(exactSums(farther, 20, 20, 20, new Float64Array(2000))).toBe(2000);
    expect(exactSums(calm.with(25, 1e-30), 20, 20, 20, out)).toBe(25);
    expect(exactSums(calm.with(25, Number.NaN), 20, 20, 20, out)).toBe(25);
    expect(exactSums(calm.with(5, 1e-30), 20, 20, 20, out)).toBe(20);
    expect(
      exactSums(
        calm.map((x) => x * 1e-280),
        20,
        20,
        20,
        out,
      ),
    ).toBe(20);
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
