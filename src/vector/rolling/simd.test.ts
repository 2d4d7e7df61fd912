import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { check } from "../../../test/properties/check.ts";
import { scalarDeviation } from "./deviation.ts";
import { type Ending, simdDeviation } from "./deviation-simd.ts";
import { lazyExtreme } from "./extreme.ts";
import { FEWEST, LONGEST, simdExtreme } from "./extreme-simd.ts";

const VALUES = [0, -0, 1, -1, 0.5, 2, 5e-324, 1e150, 1e308, -1e308] as const;

/** Columns with few values or many, the first `from` of which are left out, with na at a place or without. */
const columns = fc
  .record({
    seed: fc.integer(),
    length: fc.integer({ min: FEWEST, max: 3 * FEWEST }),
    from: fc.nat(9),
    period: fc.oneof(fc.integer({ min: 2, max: 70 }), fc.integer({ min: 2, max: LONGEST })),
    kinds: fc.integer({ min: 1, max: 12 }),
    few: fc.boolean(),
    gap: fc.option(fc.tuple(fc.nat(), fc.constantFrom(Number.NaN, Infinity, -Infinity))),
  })
  .map(({ seed, length, from, period, kinds, few, gap }) => {
    let state = seed;
    const source = Float64Array.from({ length: from + length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      const pick = few ? (state >>> 8) % kinds : VALUES.length;
      return VALUES[pick] ?? 100 + state / 2 ** 30;
    });
    if (gap !== null) source[from + (gap[0] % length)] = gap[1];
    return { source, from, period, gap };
  });

/** The first bar on which the bits differ, or -1. */
function firstUnlike(a: Float64Array, b: Float64Array): number {
  return a.findIndex((value, i) => !Object.is(value, b[i]));
}

describe("window functions with SIMD have the bits of those without, and tell of na", () => {
  check(
    "extremes",
    0.2,
    fc.property(columns, fc.constantFrom<1 | -1>(1, -1), ({ source, from, period, gap }, sign) => {
      const expected = new Float64Array(source.length);
      const found = new Float64Array(source.length);
      const zero = lazyExtreme(source, from, period, sign, expected);
      expect(simdExtreme(source, from, period, sign, found)).toBe(zero);
      if (gap === null) expect(firstUnlike(found, expected)).toBe(-1);
      else expect(zero).toBeNaN();
    }),
  );

  const endings = fc.record<Ending>({
    divisor: fc.constantFrom(1, 20, 380, 400),
    floor: fc.constantFrom(0, 4e-12, 5),
    below: fc.constantFrom<0 | 1>(0, 1),
    rooted: fc.boolean(),
  });

  check(
    "deviations",
    0.2,
    fc.property(columns, endings, ({ source, from, period, gap }, ending) => {
      const expected = new Float64Array(source.length);
      const found = new Float64Array(source.length);
      const zero = scalarDeviation(source, from, period, expected, ending);
      expect(simdDeviation(source, from, period, found, ending)).toBe(zero);
      // Where squares overflow, both are meaningless.
      if (zero === 0) expect(firstUnlike(found, expected)).toBe(-1);
      if (gap !== null) expect(zero).toBeNaN();
    }),
  );
});

describe("window functions leave to scalar code", () => {
  const source = new Float64Array(2 * FEWEST);
  const ending: Ending = { divisor: 400, floor: 0, below: 0, rooted: true };

  test("long windows and short columns", () => {
    for (const [from, period, result] of [
      [0, LONGEST, 0],
      [0, LONGEST + 1, undefined],
      [FEWEST + 1, 20, undefined],
    ] as const) {
      expect(simdExtreme(source, from, period, 1, source.slice())).toBe(result);
      expect(simdDeviation(source, from, period, source.slice(), ending)).toBe(result);
    }
  });

  test("everything where the host has no WebAssembly, or forbids it", async () => {
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
      const extreme = await import("./extreme-simd.ts");
      const deviation = await import("./deviation-simd.ts");
      expect(extreme.simdExtreme(source, 0, 20, 1, source.slice())).toBeUndefined();
      expect(deviation.simdDeviation(source, 0, 20, source.slice(), ending)).toBeUndefined();
      vi.unstubAllGlobals();
    }
  });
});
