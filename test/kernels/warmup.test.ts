import { describe, expect, test } from "vitest";
import { indicators } from "../../src/indicators/registry.ts";
import { generator } from "./cases.ts";

const BARS = 300;

function randomColumn(length: number): Float64Array {
  const random = generator(7);
  return Float64Array.from({ length }, () => 100 + random());
}

function paramsOf(definition: (typeof indicators)[number], period: number): number[] {
  return definition.params.map((p) => (p.name === "period" ? period : (p.default ?? p.min)));
}

describe("warm-up is exact", () => {
  for (const definition of indicators) {
    for (const dialect of definition.dialects) {
      test(`${definition.name} in ${dialect}`, () => {
        const source = randomColumn(BARS);
        for (const period of [1, 2, 3, 14, 100, 299, 300, 301, 100_000]) {
          const params = paramsOf(definition, period);
          const outputs = definition.outputs.map(() => new Float64Array(BARS).fill(-1));
          definition.kernel(dialect)([source], params, outputs);
          const warmup = Math.min(BARS, definition.warmup(params, dialect));
          const first = Math.max(
            ...outputs.map((out) => {
              const bar = out.findIndex((value) => !Number.isNaN(value));
              return bar < 0 ? BARS : bar;
            }),
          );
          expect(first, `period ${period}`).toBe(warmup);
          for (const out of outputs) {
            expect(out.subarray(warmup).some(Number.isNaN), `period ${period}`).toBe(false);
          }
        }
      });

      test(`${definition.name} in ${dialect} counts from the first value`, () => {
        const source = randomColumn(BARS);
        const late = new Float64Array(BARS + 5).fill(Number.NaN);
        late.set(source, 5);
        const params = paramsOf(definition, 10);
        const early = definition.outputs.map(() => new Float64Array(BARS));
        const shifted = definition.outputs.map(() => new Float64Array(BARS + 5));
        definition.kernel(dialect)([source], params, early);
        definition.kernel(dialect)([late], params, shifted);
        shifted.forEach((out, k) => {
          expect(Array.from(out.subarray(5))).toEqual(Array.from(early[k]));
          expect(out.subarray(0, 5).every(Number.isNaN)).toBe(true);
        });
      });

      test(`${definition.name} in ${dialect} takes empty and all-na sources`, () => {
        for (const length of [0, 1, 7]) {
          const outputs = definition.outputs.map(() => new Float64Array(length));
          const source = new Float64Array(length).fill(Number.NaN);
          definition.kernel(dialect)([source], paramsOf(definition, 3), outputs);
          for (const out of outputs) expect(out.every(Number.isNaN)).toBe(true);
        }
      });
    }
  }
});
