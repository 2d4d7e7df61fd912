import { describe, expect, test } from "vitest";
import { indicators } from "../../src/indicators/registry.ts";
import { columnsOf } from "./harness/bars.ts";
import { batchOf, collect, inputAt, streamOf, usualParams } from "./harness/subject.ts";

const CANONICAL = 0x7ff8000000000000n;
const bars = { style: "ticks", seed: 3, length: 150, leading: 3, missing: 0.05 } as const;

/** The bits of all NaN of the columns. */
function payloads(columns: readonly Float64Array[]): Set<bigint> {
  const found = columns.flatMap((column) => {
    const words = new BigUint64Array(column.buffer);
    return [...words].filter((_, i) => Number.isNaN(column[i]));
  });
  return new Set(found);
}

for (const definition of indicators) {
  describe(`${definition.name}: na is the canonical NaN, during warm-up and after`, () => {
    const columns = columnsOf(definition.sources, bars);
    const params = usualParams(definition);
    for (const dialect of definition.dialects) {
      test(dialect, () => {
        const batch = batchOf(definition, dialect, params, columns);
        const stream = streamOf(definition, dialect, params);
        const streamed = collect(definition, bars.length, (bar) =>
          stream.update(inputAt(definition, columns, bar)),
        );
        for (const found of [batch, streamed]) {
          for (const payload of payloads(found)) expect(payload).toBe(CANONICAL);
        }
      });
    }
  });
}
