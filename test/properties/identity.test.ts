import fc from "fast-check";
import { describe, expect } from "vitest";
import { documents } from "../reference/generate-documents.ts";
import { jsonText } from "../reference/json-text.ts";
import { paperRun } from "../reference/paper-run.ts";
import { parametrise } from "../reference/parametrise.ts";
import { random } from "../reference/random.ts";
import { CHANGING, KEEPING } from "../reference/rewrites.ts";
import { check } from "./check.ts";
import { strategyIdOf } from "./product.ts";

const written = documents(100);
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("a strategy keeps its id", () => {
  check(
    "through key order, number spelling and blanks",
    0.2,
    fc.property(written, fc.nat(), (document, seed) => {
      expect(strategyIdOf(jsonText(document, random(seed)))).toBe(strategyIdOf(document));
    }),
  );

  for (const [name, rewrite] of Object.entries(KEEPING)) {
    check(
      `through a change of ${name.replaceAll("_", " ")}`,
      0.1,
      fc.property(written, fc.nat(), (document, seed) => {
        expect(strategyIdOf(rewrite(document, random(seed)))).toBe(strategyIdOf(document));
      }),
    );
  }

  check(
    "through all of them at once",
    0.2,
    fc.property(written, fc.nat(), (document, seed) => {
      const next = random(seed);
      const rewritten = Object.values(KEEPING).reduce((d, rewrite) => rewrite(d, next), document);
      expect(strategyIdOf(jsonText(rewritten, next))).toBe(strategyIdOf(document));
    }),
  );

  check(
    "where its numbers are bound as parameters",
    0.2,
    fc.property(written, fc.nat(), (document, seed) => {
      const { document: open, params } = parametrise(document, seed, 0.4);
      expect(strategyIdOf(open, params)).toBe(strategyIdOf(document));
    }),
  );

  check(
    "inside a paper-run body",
    0.1,
    fc.property(written, (document) => {
      expect(strategyIdOf(paperRun(document))).toBe(strategyIdOf(document));
    }),
  );
});

describe("a strategy gets another id", () => {
  for (const [name, change] of Object.entries(CHANGING)) {
    check(
      `by another ${name.replaceAll("_", " ")}`,
      0.1,
      fc.property(written, place, (document, where) => {
        const changed = change(document, where);
        fc.pre(changed !== null);
        expect(strategyIdOf(changed)).not.toBe(strategyIdOf(document));
      }),
    );
  }
});
