import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderDiagnostic } from "../../src/diagnostics/index.ts";
import { type ParsedRules, parseRules } from "../../src/dsl/parse-rules.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
console.log(`test/dsl/fuzz.test.ts: seed ${seed} (FUZZ_SEED)`);
const runs = { seed, numRuns: 1000 };

const folder = new URL("../../fixtures/rules/", import.meta.url);
const valid = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"));

/** A document, or at least one error; every place inside the text; nothing a terminal would obey. */
function holds(source: unknown): ParsedRules {
  const parsed = parseRules(source, { file: "rules.json" });
  const errors = parsed.diagnostics.filter((one) => one.severity === "error");
  expect(parsed.document !== undefined).toBe(errors.length === 0);
  expect(parsed.diagnostics.length).toBeLessThanOrEqual(202);
  for (const one of parsed.diagnostics.slice(0, 5)) {
    expect(one.message.length).toBeLessThan(500);
    if (one.span !== undefined) {
      expect(one.span.offset).toBeGreaterThanOrEqual(0);
      expect(one.span.offset + one.span.length).toBeLessThanOrEqual(parsed.text.text.length + 1);
    }
    expect(renderDiagnostic(one, parsed.text)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
  }
  return parsed;
}

// biome-ignore lint/suspicious/noExplicitAny: the mutations below take a document apart without knowing it.
type Json = any;

/** Every pointer in a value. */
function paths(
  value: unknown,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => paths(one, [...path, key]))];
}

const words = [
  "kind",
  "type",
  "when",
  "then",
  "name",
  "field",
  "period",
  "param",
  "params",
  "config",
  "rules",
  "conditions",
  "func",
  "sma",
  "close",
  "not",
  "all_of",
  "rule_based",
  "__proto__",
  "constructor",
  "size",
  "quantity",
  "0.5",
];
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(...words),
  fc.integer({ min: -3, max: 200_000 }),
  fc.double(),
  fc.record({ param: fc.constantFrom("fast", "slow", "nope") }),
);

/** A valid document with one to four places changed, removed, renamed, doubled or given a property more. */
const mutated = fc
  .tuple(
    fc.constantFrom(...valid),
    fc.array(fc.tuple(fc.nat(), fc.nat(4), value, fc.constantFrom(...words)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([text, changes]) => {
    const root = { document: JSON.parse(text) };
    for (const [where, how, put, word] of changes) {
      const all = paths(root.document);
      const path = ["document", ...all[where % all.length]];
      const parent = path.slice(0, -1).reduce((inner, key) => inner?.[key], root as Json);
      const key = path.at(-1)!;
      if (typeof parent !== "object" || parent === null) continue;
      if (how === 0) parent[key] = put;
      else if (how === 1 && parent !== root)
        Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key];
      else if (how === 2 && parent !== root && !Array.isArray(parent)) {
        Object.defineProperty(parent, word, {
          value: parent[key],
          enumerable: true,
          configurable: true,
          writable: true,
        });
        delete parent[key];
      } else if (how === 3 && Array.isArray(parent)) parent.push(parent[Number(key)]);
      else if (
        typeof parent[key] === "object" &&
        parent[key] !== null &&
        !Array.isArray(parent[key])
      )
        parent[key][word] = put;
    }
    return root.document;
  });

describe("any document gives a document or errors, never throws", () => {
  it("any JSON value", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => void holds(text)),
      runs,
    );
  });

  it("any value of JavaScript", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withObjectString: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(anything, (one) => void holds(one)),
      runs,
    );
  });

  it("any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => void holds(text)),
      runs,
    );
  });

  it("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void holds(bytes)),
      runs,
    );
  });

  it("any brackets, quotes, commas, colons and comments", () => {
    const token = fc.constantFrom(...'{}[],:"\\/*\n 1-e.tx', "//", "/*", '"a":', "null", "\ufeff");
    const text = fc.array(token, { maxLength: 300 }).map((tokens) => tokens.join(""));
    fc.assert(
      fc.property(text, (one) => void holds(one)),
      runs,
    );
  });

  it("valid documents with places changed", () => {
    const codes = new Set<string>();
    fc.assert(
      fc.property(mutated, (document) => {
        for (const one of holds(document).diagnostics) codes.add(one.code);
      }),
      runs,
    );
    expect(codes.size).toBeGreaterThan(10);
  });

  it("valid documents with letters changed", () => {
    const change = fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...'{}[]":,0x \\\n\ud800'));
    const text = fc
      .tuple(fc.constantFrom(...valid), fc.array(change, { maxLength: 3 }))
      .map(([whole, changes]) =>
        changes.reduce((one, [where, cut, put]) => {
          const at = where % one.length;
          return one.slice(0, at) + put + one.slice(at + cut);
        }, whole),
      );
    fc.assert(
      fc.property(text, (one) => void holds(one)),
      runs,
    );
  });
});

describe("JSON is read as JSON.parse reads it", () => {
  const text = fc.oneof(
    fc.json({ maxDepth: 5 }),
    fc
      .array(fc.constantFrom(...'{}[],:"\\/ 10-+eE.\n\ttruefalsn'), { maxLength: 12 })
      .map((all) => all.join("")),
  );

  it("what one refuses, the other refuses", () => {
    fc.assert(
      fc.property(text, (one) => {
        const { diagnostics } = parseRules(one);
        const refused = diagnostics.some((found) => found.code.startsWith("json_"));
        expect(refused).toBe(!parses(one));
      }),
      { seed, numRuns: 5000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
