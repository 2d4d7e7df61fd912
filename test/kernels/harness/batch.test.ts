import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indicators } from "../../../src/indicators/registry.ts";
import { runSeed } from "../cases.ts";
import { barsCases, columnsOf } from "./bars.ts";
import { batchOf, collect, inputAt, paramsCases, sameBits, streamOf } from "./subject.ts";

const settings = { seed: runSeed("batch"), numRuns: 200 };

for (const definition of indicators) {
  const { sources } = definition;
  const cases = [barsCases, paramsCases(definition)] as const;
  const walk = (length: number) =>
    columnsOf(sources, { style: "walk", seed: 7, length, leading: 0, missing: 0 });

  for (const dialect of definition.dialects) {
    describe(`${definition.name} in ${dialect}`, () => {
      test("answers on bars 0 to k the same whatever comes after", () => {
        fc.assert(
          fc.property(...cases, fc.double({ min: 0, max: 1, noNaN: true }), (c, params, share) => {
            const columns = columnsOf(sources, c);
            const k = Math.floor(share * c.length);
            const others = columnsOf(sources, { ...c, seed: c.seed + 1 });
            const head = columns.map((column) => column.slice(0, k));
            const altered = columns.map((column, s) =>
              column.map((value, i) => (i < k ? value : others[s][i])),
            );
            const short = batchOf(definition, dialect, params, head);
            const long = batchOf(definition, dialect, params, columns);
            const other = batchOf(definition, dialect, params, altered);
            sameBits(long, short);
            sameBits(other, short);
          }),
          settings,
        );
      });

      test("leaves its sources alone", () => {
        fc.assert(
          fc.property(...cases, (c, params) => {
            const columns = columnsOf(sources, c);
            const before = columnsOf(sources, c);
            batchOf(definition, dialect, params, columns);
            sameBits(columns, before);
          }),
          settings,
        );
      });

      test("is defined from the bar on that its definition says, at sizes around it", () => {
        fc.assert(
          fc.property(paramsCases(definition), (params) => {
            const warmup = Math.min(1100, definition.warmup(params, dialect));
            for (const size of new Set([0, 1, warmup, warmup + 1, warmup + 40])) {
              expectDefinedFrom(warmup, batchOf(definition, dialect, params, walk(size)), size);
              if (definition.stream === undefined) continue;
              const stream = streamOf(definition, dialect, params);
              const columns = walk(size);
              const found = collect(definition, size, (bar) =>
                stream.update(inputAt(definition, columns, bar)),
              );
              expectDefinedFrom(warmup, found, size);
            }
          }),
          { ...settings, numRuns: 50 },
        );
      });
    });
  }
}

/** The last output to start starts there, and none has a hole afterwards. 1,100 bars stand for never. */
function expectDefinedFrom(warmup: number, outputs: readonly Float64Array[], size: number): void {
  const starts = outputs.map((output) => {
    const first = output.findIndex((value) => !Number.isNaN(value));
    return first < 0 ? size : first;
  });
  expect(Math.max(...starts)).toBe(Math.min(warmup === 1100 ? size : warmup, size));
  outputs.forEach((output, k) => {
    expect(output.subarray(starts[k]).some(Number.isNaN)).toBe(false);
  });
}
