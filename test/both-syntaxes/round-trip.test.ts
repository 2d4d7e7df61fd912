import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import type { StrategyDocument } from "../../src/dsl/document.ts";
import { formatScript } from "../../src/dsl/text/print/format-script.ts";
import { toRules } from "../../src/to-rules.ts";
import { toText } from "../../src/to-text.ts";
import { check } from "../properties/check.ts";
import { compiled, strategyIdOf } from "../properties/product.ts";
import { ruleBased } from "../reference/generate-documents.ts";
import { parametrise } from "../reference/parametrise.ts";

const errors = (diagnostics: readonly { severity: string; message: string }[]) =>
  diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);

/** The text form of a document; what has none fails the test. */
function textOf(document: StrategyDocument): string {
  const { text, diagnostics } = toText(document);
  expect(errors(diagnostics)).toEqual([]);
  return text!;
}

function rulesOf(text: string) {
  const { rules, diagnostics } = toRules(text, { file: "x.pine" });
  expect(errors(diagnostics)).toEqual([]);
  return rules!;
}

describe("rule documents as text", () => {
  check(
    "keep their strategy_id through text and back",
    0.15,
    fc.property(ruleBased(100), (document) => {
      const text = textOf(document);
      const { script } = compile(text, { file: "x.pine" });
      const id = strategyIdOf(document);
      expect(script!.strategyId()).toBe(id);
      expect(strategyIdOf(rulesOf(text))).toBe(id);
    }),
  );

  test.each(["flat", "long", "short"] as const)(
    "keep a rule that closes, written twice, while the position is %s",
    (state) => {
      const when = { kind: "position" as const, state };
      const then = { side: "sell" as const, close: true as const };
      const document: StrategyDocument = {
        type: "rule_based",
        rules: [
          { when, then },
          { when, then },
        ],
      };
      const text = textOf(document);
      expect(compile(text, { file: "x.pine" }).script!.strategyId()).toBe(strategyIdOf(document));
      expect(rulesOf(text).rules).toHaveLength(2);
    },
  );

  check(
    "keep their parameters, and their strategy_id with any values",
    0.08,
    fc.property(ruleBased(100), fc.nat(), (document, seed) => {
      const { document: open, params } = parametrise(document, seed, 0.4);
      const text = textOf(open);
      const { script } = compile(text, { file: "x.pine" });
      const id = strategyIdOf(document);
      const inputs = script!.params.map(({ name }) => name);
      const given = Object.entries(params).filter(([name]) => inputs.includes(name));
      expect(script!.strategyId(Object.fromEntries(given))).toBe(id);
      const rules = rulesOf(text);
      const used = compiled(rules).params.map(({ name }) => name);
      const values = Object.entries(params).filter(([name]) => used.includes(name));
      expect(strategyIdOf(rules, Object.fromEntries(values))).toBe(id);
    }),
  );

  check(
    "are written as swymc fmt writes scripts",
    0.05,
    fc.property(ruleBased(100), fc.nat(), (document, seed) => {
      const text = textOf(parametrise(document, seed, 0.4).document);
      expect(formatScript(text)).toBe(text);
    }),
  );

  check(
    "are the same text when they are printed again",
    0.05,
    fc.property(ruleBased(100), (document) => {
      const text = textOf(rulesOf(textOf(document)));
      expect(textOf(rulesOf(text))).toBe(text);
    }),
  );
});

test("a group of one, an empty group and a group in a group stay what they are", () => {
  const of = (...conditions: object[]) => ({ kind: "all_of", conditions });
  const up = { kind: "price_level", price: 10, direction: "above" };
  const forms = [
    up,
    of(up),
    of(),
    of(of(up), up),
    of(of(), up),
    of(up, of(up, up)),
    of(of(up, up), up),
    of({ kind: "any_of", conditions: [of(), up] }),
  ];
  const ids = forms.map((when) => {
    const document = {
      type: "rule_based",
      rules: [{ when, then: { side: "buy", quantity: "1" } }],
    };
    const text = textOf(document as StrategyDocument);
    expect(compile(text, { file: "x.pine" }).script!.strategyId()).toBe(strategyIdOf(document));
    return strategyIdOf(document);
  });
  expect(new Set(ids).size).toBe(forms.length);
});
