import fc from "fast-check";
import { describe, expect } from "vitest";
import { bind } from "../reference/bind.ts";
import { cases } from "../reference/cases.ts";
import { barsIn } from "../reference/generate-bars.ts";
import { Interpreter } from "../reference/interpreter.ts";
import { parametrise } from "../reference/parametrise.ts";
import { simulate } from "../reference/simulate.ts";
import { fires } from "../reference/truth.ts";
import { expectAgreement } from "./agreement.ts";
import { check } from "./check.ts";
import { compiled, runOf, signalsOf } from "./product.ts";

describe("a compiled rule document", () => {
  check(
    "trades and earns as the bar-by-bar reference does",
    1,
    fc.property(cases(), ({ market, document, execution }) => {
      const bars = barsIn(market);
      const expected = simulate(document, bars, execution);
      expectAgreement(runOf(compiled(document), bars, execution), expected, bars, execution.cash);
    }),
  );

  check(
    "does so with numbers bound as parameters",
    0.3,
    fc.property(cases(100), fc.nat(), ({ market, document, execution }, seed) => {
      const bars = barsIn(market);
      const { document: open, params } = parametrise(document, seed, 0.5);
      const expected = simulate(document, bars, execution);
      const actual = runOf(compiled(open), bars, execution, { params });
      expectAgreement(actual, expected, bars, execution.cash);
    }),
  );

  check(
    "signals what the reference's conditions say in every position",
    0.5,
    fc.property(cases(120), ({ market, document }) => {
      const bars = barsIn(market);
      const interpreter = new Interpreter(bars);
      const signals = signalsOf(compiled(document), bars);
      bind(document).rules.forEach(({ when }, rule) => {
        for (const state of ["flat", "long", "short"] as const) {
          const column = signals[`rule_${rule + 1}_${state}`];
          const wrong = column.findIndex((fired, bar) => {
            const decision = fires(interpreter.truth(when, bar, state));
            return decision !== null && decision !== fired;
          });
          expect(wrong, `rule ${rule + 1}, ${state}: first wrong bar`).toBe(-1);
        }
      });
    }),
  );
});
