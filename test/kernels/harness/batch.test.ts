import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indicators } from "../../../src/indicators/registry.ts";
import type { Dialect } from "../../../src/vector/kernel.ts";
import { runSeed } from "../cases.ts";
import { barsCases, columnsOf } from "./bars.ts";
import { batchOf, paramsCases, sameBits, usualParams } from "./subject.ts";

const settings = { seed: runSeed("batch"), numRuns: 200 };

type Style = (typeof walks)[number];

/** Stands for a warm-up without end; beyond the largest parameters that are tried. */
const NEVER = 4000;
/** Indicators whose values are events. */
const SPARSE = ["pivothigh", "pivotlow"];
const walks = ["walk", "zigzag"] as const;

for (const definition of indicators) {
  const { sources } = definition;
  const cases = [barsCases, paramsCases(definition)] as const;
  const sparse = SPARSE.includes(definition.name);
  const run = (dialect: Dialect, params: readonly number[], style: Style, length: number) => {
    const bars = { style, seed: 7, length, leading: 0, missing: 0 } as const;
    return batchOf(definition, dialect, params, columnsOf(sources, bars));
  };

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

      test("starts on the bar that its definition says, at sizes around it", () => {
        fc.assert(
          fc.property(paramsCases(definition), (params) => {
            const warmup = Math.min(NEVER, definition.warmup(params, dialect));
            const starts = walks.map((walk) => startOf(run(dialect, params, walk, warmup + 40)));
            expect(Math.min(...starts)).toBeGreaterThanOrEqual(warmup);
            // A walk may happen to have a reason for na on the first bar, but not both of them.
            if (!sparse && warmup < NEVER) expect(starts).toContain(warmup);
            const walk = walks[Math.max(0, starts.indexOf(warmup))];
            for (const size of new Set([0, 1, warmup, warmup + 1])) {
              const start = startOf(run(dialect, params, walk, size));
              expect(start).toBe(Math.min(size, starts[walks.indexOf(walk)]));
            }
          }),
          { ...settings, numRuns: 50 },
        );
      });

      test("has no holes in a walk", () => {
        const params = usualParams(definition);
        const outputs = run(dialect, params, "walk", 500);
        for (const output of outputs) {
          const holes = output.subarray(startOf([output])).some(Number.isNaN);
          if (!sparse) expect(holes).toBe(false);
        }
      });
    });
  }
}

/** The bar on which the last output to start starts, or the size. */
function startOf(outputs: readonly Float64Array[]): number {
  const starts = outputs.map((output) => {
    const first = output.findIndex((value) => !Number.isNaN(value));
    return first < 0 ? output.length : first;
  });
  return Math.max(...starts);
}
