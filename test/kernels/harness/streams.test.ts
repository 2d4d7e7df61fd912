import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indicators } from "../../../src/indicators/registry.ts";
import { generator, runSeed } from "../cases.ts";
import { barsCases, columnsOf } from "./bars.ts";
import {
  type AnyStream,
  batchOf,
  collect,
  inputAt,
  outputsOf,
  paramsCases,
  sameBits,
  streamOf,
  usualParams,
} from "./subject.ts";

const seed = runSeed("streams");
/** Cases of each property. */
const RUNS = 0.04 * Number(process.env["SWYMC_FC_RUNS"] ?? 1000);

for (const definition of indicators) {
  const { sources } = definition;
  const cases = [barsCases, paramsCases(definition)] as const;

  for (const dialect of definition.dialects) {
    // Most indicators have one kernel for all dialects, and so one stream.
    const repeated = dialect !== "tv" && definition.kernel(dialect) === definition.kernel("tv");
    const settings = { seed, numRuns: Math.ceil(repeated ? RUNS / 10 : RUNS) };

    describe(`the stream of ${definition.name} in ${dialect}`, () => {
      test("has the bits of the kernel", () => {
        fc.assert(
          fc.property(...cases, (c, params) => {
            const columns = columnsOf(sources, c);
            const stream = streamOf(definition, dialect, params);
            const found = collect(definition, c.length, (bar) =>
              stream.update(inputAt(definition, columns, bar)),
            );
            sameBits(found, batchOf(definition, dialect, params, columns));
            expect(stream.bars).toBe(c.length);
          }),
          settings,
        );
      });

      test("after replacing the open bar, however often, is as if it had been so at once", () => {
        fc.assert(
          fc.property(...cases, (c, params) => {
            const columns = columnsOf(sources, c);
            const others = columnsOf(sources, { ...c, seed: c.seed + 1 });
            const random = generator(c.seed);
            const stream = streamOf(definition, dialect, params);
            const found = collect(definition, c.length, (bar) => {
              stream.update(inputAt(definition, others, bar));
              while (random() < 0.4) {
                const any = Math.floor(random() * c.length);
                stream.replace(inputAt(definition, random() < 0.5 ? columns : others, any));
              }
              return stream.replace(inputAt(definition, columns, bar));
            });
            sameBits(found, batchOf(definition, dialect, params, columns));
            expect(stream.bars).toBe(c.length);
          }),
          settings,
        );
      });

      test("goes on from a snapshot, in the middle of an open bar too", () => {
        fc.assert(
          fc.property(...cases, (c, params) => {
            const columns = columnsOf(sources, c);
            const others = columnsOf(sources, { ...c, seed: c.seed + 1 });
            const random = generator(c.seed);
            let stream: AnyStream = streamOf(definition, dialect, params);
            let left = 3;
            const found = collect(definition, c.length, (bar) => {
              const open = random() < 0.5;
              stream.update(inputAt(definition, open ? others : columns, bar));
              if (left > 0 && random() < 0.2) {
                left--;
                const text = JSON.stringify(stream.snapshot());
                // The stream that goes on is a new one, or one that has seen other bars.
                const next = streamOf(definition, dialect, params);
                for (let i = 0; random() < 0.8; i++) {
                  next.update(inputAt(definition, others, i % c.length));
                }
                next.restore(JSON.parse(text));
                expect(JSON.stringify(next.snapshot())).toBe(text);
                expect(outputsOf(definition, next.value)).toEqual(
                  outputsOf(definition, stream.value),
                );
                stream = next;
              }
              return open ? stream.replace(inputAt(definition, columns, bar)) : stream.value;
            });
            sameBits(found, batchOf(definition, dialect, params, columns));
          }),
          settings,
        );
      });

      if (repeated) return;

      test("writes nothing but what a bar changes", () => {
        const stream = streamOf(definition, dialect, usualParams(definition));
        const random = generator(1);
        for (let bar = 0; bar < 500; bar++) {
          const columns = sources.map(() => Float64Array.of(100 + random()));
          stream.update(inputAt(definition, columns, 0));
          expect(stream.snapshot().memory.journal.length).toBeLessThanOrEqual(64);
        }
      });
    });
  }
}
