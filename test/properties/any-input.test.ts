import fc from "fast-check";
import { describe, expect } from "vitest";
import { compile } from "../../src/index.ts";
import { barsOf } from "../reference/bars.ts";
import { documents } from "../reference/generate-documents.ts";
import { jsonText } from "../reference/json-text.ts";
import { paperRun } from "../reference/paper-run.ts";
import { pick, type Random, random } from "../reference/random.ts";
import { check } from "./check.ts";
import { runOf, signalsOf } from "./product.ts";

const bars = barsOf([3, 4, 5, 4, 3, 2, 3, 5, 7, 4], 1);

/** It compiles and runs, or says what is wrong. */
function expectAnswer(source: string | object): void {
  const { program, diagnostics } = compile(source);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(program === undefined).toBe(errors.length > 0);
  for (const { code, message } of diagnostics) expect(`${code}: ${message}`).toMatch(/^\w+: ./);
  if (!program) return;
  expect(program.strategyId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  expect(program.warmup()).toBeGreaterThanOrEqual(0);
  signalsOf(program, bars);
  expect(runOf(program, bars, {}).equity.every(Number.isFinite)).toBe(true);
}

/** Breaks a value somewhere: a member gone, renamed, doubled or replaced by something else. */
function broken(value: unknown, next: Random, junk: unknown): unknown {
  if (typeof value !== "object" || value === null || next() < 0.15) return junk;
  if (Array.isArray(value)) {
    if (value.length === 0) return [junk];
    const at = Math.floor(next() * value.length);
    if (next() < 0.2) return [...value, value[at]];
    return value.map((item, index) => (index === at ? broken(item, next, junk) : item));
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return junk;
  const at = pick(keys, next);
  const way = next();
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (key !== at) return [[key, item]];
      if (way < 0.15) return [];
      if (way < 0.3) return [[`${key}${pick(["s", "_", "2"], next)}`, item]];
      if (way < 0.4)
        return [
          [key, item],
          ["kind", junk],
        ];
      return [[key, broken(item, next, junk)]];
    }),
  );
}

/** Breaks a text somewhere: a character gone, doubled or replaced. */
function garbled(text: string, next: Random): string {
  const at = Math.floor(next() * text.length);
  const insert = pick(
    ["", "", '"', "{", "}", "[", ",", ":", "0", "-", "\\", "\u0000", "é", "/*"],
    next,
  );
  return text.slice(0, at) + insert + text.slice(at + (next() < 0.7 ? 1 : 0));
}

const sources = fc.oneof(
  { weight: 3, arbitrary: documents(10) as fc.Arbitrary<object> },
  { weight: 1, arbitrary: documents(10).map(paperRun) },
);

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(0, -1, 1.5, 1e21, "", "0", "-1", "close", "__proto__", null, [], {}),
  fc.constantFrom({ param: "a" }, { param: "__proto__" }, { kind: "not" }, { kind: "func" }),
);

describe("any document either compiles or is told what is wrong with it", () => {
  check(
    "broken in its members",
    1,
    fc.property(sources, fc.nat(), junk, fc.boolean(), (document, seed, other, asText) => {
      const next = random(seed);
      const source = broken(document, next, other) as object;
      const isObject = typeof source === "object" && source !== null;
      expectAnswer(asText || !isObject ? jsonText(source, next) : source);
    }),
  );

  check(
    "broken in its text",
    0.5,
    fc.property(sources, fc.nat(), (document, seed) => {
      const next = random(seed);
      expectAnswer(garbled(garbled(jsonText(document, next), next), next));
    }),
  );

  check("any JSON", 0.3, fc.property(fc.json(), expectAnswer));
  check("any text", 0.3, fc.property(fc.string({ unit: "binary" }), expectAnswer));
  check(
    "any object",
    0.3,
    fc.property(fc.object({ withBigInt: true, withDate: true, withMap: true }), expectAnswer),
  );
});
