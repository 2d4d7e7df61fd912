import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generator, runSeed } from "./cases.ts";
import { answersOverNa, evaluate, forms, isDegenerate, isSparse, paramsFor } from "./inputs.ts";

const BARS = 300;
const seed = runSeed("warm-up of kernels");

function randomColumn(length: number): Float64Array {
  const random = generator(7);
  return Float64Array.from({ length }, () => 100 + random());
}

const firstValue = (out: Float64Array) => {
  const bar = out.findIndex((value) => !Number.isNaN(value));
  return bar < 0 ? out.length : bar;
};

describe("warm-up is exact", () => {
  for (const [definition, dialect] of forms()) {
    const expectWarmup = (params: readonly number[]) => {
      const outputs = evaluate(definition, dialect, randomColumn(BARS), params);
      const warmup = Math.min(BARS, definition.warmup(params, dialect));
      const first = Math.max(...outputs.map(firstValue));
      if (isSparse(definition) || isDegenerate(definition, params)) {
        expect(first, `parameters ${params}`).toBeGreaterThanOrEqual(warmup);
        return;
      }
      expect(first, `parameters ${params}`).toBe(warmup);
      for (const out of outputs) {
        expect(out.subarray(warmup).some(Number.isNaN), `parameters ${params}`).toBe(false);
      }
    };

    test(`${definition.name} in ${dialect}`, () => {
      for (const period of [1, 2, 3, 14, 100, 299, 300, 301, 100_000]) {
        expectWarmup(paramsFor(definition, period));
      }
    });

    const whole = definition.params.map((param) =>
      param.type === "int"
        ? fc.integer({ min: param.min, max: Math.min(param.max, 120) })
        : fc.constant(param.default ?? (param.min + param.max) / 2),
    );
    if (whole.length > 1) {
      test(`${definition.name} in ${dialect} for any whole numbers`, () => {
        fc.assert(fc.property(fc.tuple(...whole), expectWarmup), { seed, numRuns: 60 });
      });
    }

    test(`${definition.name} in ${dialect} counts from the first value`, () => {
      const source = randomColumn(BARS);
      const late = new Float64Array(BARS + 5).fill(Number.NaN);
      late.set(source, 5);
      const params = paramsFor(definition, 10);
      const alone = definition.sources.every((one) => one === "source" || one === "close");
      const early = evaluate(definition, dialect, source, params);
      const shifted = evaluate(definition, dialect, late, params);
      shifted.forEach((out, k) => {
        // Other sources are random from the first bar on, so they differ on the bars compared.
        if (alone) expect(Array.from(out.subarray(5))).toEqual(Array.from(early[k]));
        else expect(firstValue(out.subarray(5))).toBe(firstValue(early[k]));
        if (answersOverNa(definition, dialect)) return;
        expect(out.subarray(0, 5).every(Number.isNaN)).toBe(true);
      });
    });

    test(`${definition.name} in ${dialect} takes empty and all-na sources`, () => {
      for (const length of [0, 1, 7]) {
        const source = new Float64Array(length).fill(Number.NaN);
        const outputs = evaluate(definition, dialect, source, paramsFor(definition, 3));
        const none = answersOverNa(definition, dialect) ? 0 : Number.NaN;
        for (const out of outputs) expect(out.every((value) => Object.is(value, none))).toBe(true);
      }
    });

    test(`${definition.name} in ${dialect} leaves its sources alone`, () => {
      const source = randomColumn(40);
      const copy = source.slice();
      evaluate(definition, dialect, source, paramsFor(definition, 5));
      expect(source).toEqual(copy);
    });
  }
});
