import fc from "fast-check";
import { afterAll, describe, expect, vi } from "vitest";
import { SWEEP_METRICS } from "../../../src/sweep/engine/sweep-metrics.ts";
import { WholeRuns } from "../../../src/sweep/engine/whole-runs.ts";
import { check } from "../../properties/check.ts";
import { compiled } from "../../properties/product.ts";
import { exitCases } from "./exit-documents.ts";
import { FAMILIES, tradingBars } from "./trading-documents.ts";
import { engineRows, runRows } from "./trials.ts";

const CLOSED = SWEEP_METRICS.indexOf("closed_trades");

describe("a row of a sweep with stops and targets has the bits of a run", () => {
  for (const [family, signals] of Object.entries(FAMILIES)) {
    describe(family, () => {
      const tally = { trials: 0, traded: 0, whole: 0 };

      check(
        `${family}, with exits, by both engines`,
        0.01,
        fc.property(exitCases(signals), (given) => {
          const { document, execution, trials, batch } = given;
          const bars = tradingBars(given);
          const program = compiled(document);
          const expected = engineRows(program, bars, execution, trials, "reference");
          expect(expected[0]).toEqual(runRows(program, bars, execution, trials.slice(0, 1))[0]);
          const whole = vi.spyOn(WholeRuns.prototype, "run");
          for (const kind of ["js", "wasm"] as const)
            expect(engineRows(program, bars, execution, trials, kind, batch)).toEqual(expected);
          tally.trials += trials.length;
          tally.traded += expected.filter((row) => row[CLOSED]! > 0).length;
          tally.whole += whole.mock.calls.length / 2;
          whole.mockRestore();
        }),
      );

      afterAll(() => {
        expect(tally.traded).toBeGreaterThan(tally.trials / 2);
        expect(tally.whole).toBeLessThan(tally.trials / 2);
        console.info(JSON.stringify({ family, ...tally }));
      });
    });
  }
});
