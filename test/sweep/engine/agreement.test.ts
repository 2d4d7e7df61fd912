import fc from "fast-check";
import { describe, expect } from "vitest";
import { check } from "../../properties/check.ts";
import { compiled } from "../../properties/product.ts";
import { casesInAnyDialect } from "../../reference/cases.ts";
import { barsIn } from "../../reference/generate-bars.ts";
import { parametrise } from "../../reference/parametrise.ts";
import { leanCases } from "./lean-documents.ts";
import { engineRows, runRows, trialsOf } from "./trials.ts";

const more = fc.record({
  seed: fc.nat(),
  share: fc.constantFrom(0.3, 0.8),
  trials: fc.integer({ min: 1, max: 12 }),
  batch: fc.integer({ min: 1, max: 12 }),
  start: fc.constantFrom(0, 0, 7),
  riskFreeReturn: fc.constantFrom(0, 0, 0.05, -0.01),
});

describe("a row of a sweep", () => {
  for (const kind of ["js", "wasm"] as const) {
    check(
      `has the bits of a run with its parameters, for any document: ${kind}`,
      0.05,
      fc.property(casesInAnyDialect(1500), more, ({ market, document, execution }, asked) => {
        const bars = barsIn(market);
        const program = compiled(parametrise(document, asked.seed, asked.share).document);
        const trials = trialsOf(program, asked.seed, asked.trials);
        const { start, riskFreeReturn } = asked;
        const settings = { ...execution, start, riskFreeReturn };
        expect(engineRows(program, bars, settings, trials, kind, asked.batch)).toEqual(
          runRows(program, bars, settings, trials),
        );
      }),
    );

    check(
      `has the bits of a run with its parameters, where one lot is held at a time: ${kind}`,
      0.1,
      fc.property(leanCases, ({ market, document, trials, execution, batch }) => {
        const bars = barsIn(market);
        const program = compiled(document);
        expect(engineRows(program, bars, execution, trials, kind, batch)).toEqual(
          runRows(program, bars, execution, trials),
        );
      }),
    );
  }
});
