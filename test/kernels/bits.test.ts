import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cases, generator, runSeed, seriesOf } from "./cases.ts";
import { evaluate, forms, paramsFor } from "./inputs.ts";

const seed = runSeed("bits of kernels");

/** Bits as they are: a NaN of another payload is another value here. */
function bits(column: Float64Array): BigUint64Array {
  return new BigUint64Array(column.buffer, column.byteOffset, column.length);
}

function firstDifference(a: Float64Array, b: Float64Array): number {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return i;
  return -1;
}

const CANONICAL_NAN = 0x7ff8000000000000n;

for (const [definition, dialect] of forms()) {
  const at = (series: Float64Array, period: number) =>
    evaluate(definition, dialect, series, paramsFor(definition, period));
  const size = definition.outputs.length;

  describe(`${definition.name} in ${dialect}`, () => {
    test("values of bars 0..k stay when later bars are appended or altered", () => {
      fc.assert(
        fc.property(cases(true), fc.double({ min: 0, max: 1, noNaN: true }), (c, share) => {
          const whole = Float64Array.from(seriesOf(c));
          const k = Math.floor(share * whole.length);
          const altered = whole.map((value, i) => (i < k ? value : value * 1e6 - 3));
          const short = at(whole.slice(0, k), c.period);
          const long = at(whole, c.period);
          const other = at(altered, c.period);
          for (let o = 0; o < size; o++) {
            expect(firstDifference(short[o], long[o].subarray(0, k))).toBe(-1);
            expect(firstDifference(short[o], other[o].subarray(0, k))).toBe(-1);
          }
        }),
        { seed, numRuns: 200 },
      );
    });

    test("the path over gaps has the bits of the path without", () => {
      fc.assert(
        fc.property(cases(false), (c) => {
          const dense = Float64Array.from(seriesOf(c));
          const gapAtEnd = Float64Array.from([...dense, Number.NaN]);
          const fast = at(dense, c.period);
          const slow = at(gapAtEnd, c.period);
          for (let o = 0; o < size; o++) {
            expect(firstDifference(fast[o], slow[o].subarray(0, dense.length))).toBe(-1);
          }
        }),
        { seed, numRuns: 200 },
      );
    });

    test("na is the canonical NaN and infinite values are na", () => {
      const random = generator(3);
      const source = Float64Array.from({ length: 200 }, (_, i) => (i < 20 ? 5 : random()));
      source[60] = Number.NaN;
      const infinite = source.slice();
      infinite[60] = Number.POSITIVE_INFINITY;
      const columns = at(source, 9);
      columns.forEach((column, o) => {
        for (const word of bits(column)) {
          if ((word & 0x7ff0000000000000n) === 0x7ff0000000000000n) {
            expect(word).toBe(CANONICAL_NAN);
          }
        }
        const fromInfinite = at(infinite, 9)[o];
        expect(firstDifference(column, fromInfinite)).toBe(-1);
      });
    });

    test("huge values never give Infinity", () => {
      const random = generator(5);
      const source = Float64Array.from(
        { length: 100 },
        () => (2 * random() - 1) * Number.MAX_VALUE,
      );
      for (const column of at(source, 7)) {
        expect(column.some((v) => Math.abs(v) === Number.POSITIVE_INFINITY)).toBe(false);
      }
    });
  });
}
