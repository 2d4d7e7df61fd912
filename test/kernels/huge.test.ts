import { describe, expect, test } from "vitest";
import { indicators } from "../../src/indicators/registry.ts";
import { generator, runSeed } from "./cases.ts";
import { paramsFor } from "./inputs.ts";

const random = generator(runSeed("huge values"));
const SIZES = [1.7e308, -1.7e308, 1e308, 1.4e154, 1, Number.NaN];
const RUNS = 250;

const pick = () => SIZES[Math.floor(SIZES.length * random())];

/** Of few different values, so that windows hold several of one size. */
function column(length: number): Float64Array {
  const values = [pick(), pick(), 100, 100 + random()];
  return Float64Array.from({ length }, () => values[Math.floor(values.length * random())]);
}

describe("values whose sums leave the range of a double give no Infinity", () => {
  for (const definition of indicators) {
    test(definition.name, () => {
      for (let run = 0; run < RUNS; run++) {
        const length = 5 + Math.floor(40 * random());
        const sources = definition.sources.map(() => column(length));
        const params = paramsFor(definition, 1 + Math.floor(6 * random()));
        for (const dialect of definition.dialects) {
          const outputs = definition.outputs.map(() => new Float64Array(length));
          definition.kernel(dialect)(sources, params, outputs);
          const infinite = outputs.some((out) => out.some((v) => Math.abs(v) === Infinity));
          expect(infinite, `${dialect}, ${params}: ${sources.join("; ")}`).toBe(false);
        }
      }
    });
  }
});
