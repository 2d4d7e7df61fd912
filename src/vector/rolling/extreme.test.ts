import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { check } from "../../../test/properties/check.ts";
import { rollingDeviation } from "./deviation.ts";
import { lazyExtreme, rollingExtreme } from "./extreme.ts";
import { FEWEST, LONGEST, simdExtreme } from "./extreme-simd.ts";

const form = { divisor: (n: number) => n * n, floor: 0, below: 0, rooted: true } as const;

describe("rollingExtreme and rollingDeviation", () => {
  test("tell of na by NaN, wherever it stands", () => {
    for (let gap = 0; gap < 12; gap++) {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        const source = Float64Array.of(5, 2, 3, 9, 5, 6, 1, 8, 4, 4, 0, 7);
        source[gap] = value;
        const out = new Float64Array(12);
        for (const period of [1, 2, 3, 5, 12]) {
          expect(rollingExtreme(source, 0, period, 1, out)).toBeNaN();
          expect(rollingExtreme(source, 0, period, -1, out)).toBeNaN();
          expect(rollingDeviation(source, 0, period, out, form)).toBeNaN();
        }
      }
    }
  });

  test("a sample of one value has no deviation, which is the canonical NaN", () => {
    const sample = { ...form, divisor: (n: number) => n * (n - 1) };
    for (const rooted of [true, false]) {
      const out = new Float64Array(3);
      expect(rollingDeviation(Float64Array.of(1, 2, 3), 0, 1, out, { ...sample, rooted })).toBe(0);
      for (const word of new BigUint64Array(out.buffer)) expect(word).toBe(0x7ff8000000000000n);
    }
  });

  test("of equal values the latest counts, down to the sign of zero", () => {
    const source = Float64Array.of(0, -0, 0, -0, -0, 0, -1);
    const out = new Float64Array(7);
    rollingExtreme(source, 0, 2, 1, out);
    expect(Array.from(out.subarray(1))).toEqual([-0, 0, -0, -0, 0, 0]);
    rollingExtreme(source, 0, 3, 1, out);
    expect(Array.from(out.subarray(2))).toEqual([0, -0, -0, 0, 0]);
  });

  test("leave earlier bars alone", () => {
    const source = Float64Array.of(Number.NaN, 3, 1, 2, 5);
    const out = new Float64Array(5).fill(-7);
    expect(rollingExtreme(source, 1, 2, 1, out)).toBe(0);
    expect(Array.from(out)).toEqual([-7, -7, 3, 2, 5]);
  });

  test("a falling series, on which a rescan would be quadratic, costs no more than a rising one", () => {
    const bars = 200_000;
    const falling = Float64Array.from({ length: bars }, (_, i) => -i);
    const rising = Float64Array.from({ length: bars }, (_, i) => i);
    const out = new Float64Array(bars);
    const time = (source: Float64Array) => {
      const before = process.cpuUsage();
      for (let i = 0; i < 5; i++) rollingExtreme(source, 0, 20_000, 1, out);
      return process.cpuUsage(before).user;
    };
    time(falling);
    time(rising);
    expect(time(falling)).toBeLessThan(20 * time(rising) + 20_000);
  });
});

describe("simdExtreme", () => {
  const VALUES = [0, -0, 1, -1, 0.5, 2, 1e308, -1e308, 5e-324] as const;
  const series = fc
    .record({
      seed: fc.integer(),
      length: fc.integer({ min: FEWEST, max: 3 * FEWEST }),
      from: fc.nat(9),
      period: fc.oneof(fc.integer({ min: 2, max: 70 }), fc.integer({ min: 2, max: LONGEST })),
      kinds: fc.integer({ min: 1, max: 12 }),
      gap: fc.option(fc.tuple(fc.nat(), fc.constantFrom(Number.NaN, Infinity, -Infinity))),
    })
    .map(({ seed, length, from, period, kinds, gap }) => {
      let state = seed;
      const source = Float64Array.from({ length: from + length }, () => {
        state = (Math.imul(state, 1664525) + 1013904223) | 0;
        const pick = (state >>> 8) % kinds;
        return VALUES[pick] ?? state / 2 ** 20;
      });
      if (gap !== null) source[from + (gap[0] % length)] = gap[1];
      return { source, from, period, gap };
    });

  check(
    "has the bits of one comparison at a time, and tells of na",
    0.2,
    fc.property(series, fc.constantFrom<1 | -1>(1, -1), ({ source, from, period, gap }, sign) => {
      const expected = new Float64Array(source.length);
      const found = new Float64Array(source.length);
      const zero = lazyExtreme(source, from, period, sign, expected);
      expect(simdExtreme(source, from, period, sign, found)).toBe(zero);
      if (gap === null) expect(firstUnlike(found, expected)).toBe(-1);
      else expect(zero).toBeNaN();
    }),
  );

  test("is left to single comparisons where the host has no WebAssembly, or forbids it", async () => {
    const forbidding = {
      Module: class {
        constructor() {
          throw new Error("the page's policy");
        }
      },
    };
    for (const host of [undefined, forbidding]) {
      vi.stubGlobal("WebAssembly", host);
      vi.resetModules();
      const anew = await import("./extreme-simd.ts");
      const source = new Float64Array(2 * FEWEST);
      expect(anew.simdExtreme(source, 0, 20, 1, source.slice())).toBeUndefined();
      vi.unstubAllGlobals();
    }
  });

  test("is left to single comparisons for long windows and short columns", () => {
    const source = new Float64Array(2 * FEWEST);
    const out = new Float64Array(2 * FEWEST);
    expect(simdExtreme(source, 0, LONGEST, 1, out)).toBe(0);
    expect(simdExtreme(source, 0, LONGEST + 1, 1, out)).toBeUndefined();
    expect(simdExtreme(source, FEWEST + 1, 20, 1, out)).toBeUndefined();
  });

  /** The first bar on which the bits differ, or -1. */
  function firstUnlike(a: Float64Array, b: Float64Array): number {
    return a.findIndex((value, i) => !Object.is(value, b[i]));
  }
});
