import { describe, expect, it } from "vitest";
import { parseRules } from "../../src/dsl/parse-rules.ts";

function codes(source: unknown): string[] {
  return parseRules(source).diagnostics.map((one) => one.code);
}

/** A document whose brackets are nested so many deep; the innermost condition is at depth - 1 or depth. */
function nested(depth: number): string {
  // Root, rules, rule: three brackets. Every `not` is one more.
  const condition = `${'{"kind":"not","condition":'.repeat(depth - 4)}{"kind":"position","state":"flat"}${"}".repeat(depth - 4)}`;
  return `{"type":"rule_based","rules":[{"when":${condition},"then":{"side":"buy","quantity":"1"}}]}`;
}

function withValues(count: number): string {
  // Four values beside the numbers: the root, its type, the list, and the comment.
  const list = Array.from({ length: count - 4 }, () => "1").join(",");
  return `{"type":"default","comment":"x","list":[${list}]}`;
}

describe("limits", () => {
  it("takes 64 brackets and refuses 65", () => {
    expect(codes(nested(64))).toEqual([]);
    expect(codes(nested(65))).toEqual(["document_too_deep"]);
  });

  it("takes 10,000 values and refuses one more", () => {
    expect(codes(withValues(10_000))).toEqual(["unknown_property"]);
    expect(codes(withValues(10_001))).toEqual(["document_too_many_nodes"]);
  });

  it("takes 1 MiB of UTF-8 and refuses one byte more", () => {
    const document = (bytes: number) => {
      const frame = '{"type":"default","comment":""}';
      // é is two bytes.
      const rest = bytes - frame.length;
      return `{"type":"default","comment":"${"é".repeat(Math.floor(rest / 2))}${"x".repeat(rest % 2)}"}`;
    };
    expect(codes(document(1_048_576))).toEqual([]);
    expect(codes(document(1_048_577))).toEqual(["document_too_large"]);
    expect(codes(new TextEncoder().encode(document(1_048_576)))).toEqual([]);
    expect(codes(new TextEncoder().encode(document(1_048_577)))).toEqual(["document_too_large"]);
  });

  it("takes names of 200 characters into account and refuses longer ones", () => {
    expect(codes(`{"type":"default","${"x".repeat(200)}":1}`)).toEqual(["unknown_property"]);
    expect(codes(`{"type":"default","${"x".repeat(201)}":1}`)).toEqual(["name_too_long"]);
  });

  it("lists 100 errors and says how many more there are", () => {
    const rules = Array.from({ length: 300 }, () => 1);
    const { diagnostics } = parseRules({ type: "rule_based", rules });
    expect(diagnostics.length).toBe(101);
    expect(diagnostics.at(-1)).toMatchObject({
      code: "too_many_errors",
      message: "only the first 100 errors are listed; there are 200 more",
    });
    expect(diagnostics[0].pointer).toBe("/rules/0");
    expect(diagnostics[99].pointer).toBe("/rules/99");
  });

  it("lists 100 warnings and still gives the document", () => {
    const params = Object.fromEntries(
      Array.from({ length: 150 }, (_, i) => [`p${i}`, { default: 1 }]),
    );
    const { document, diagnostics } = parseRules({ type: "default", params });
    expect(document).toBeDefined();
    expect(diagnostics.length).toBe(101);
    expect(diagnostics.at(-1)).toMatchObject({ code: "too_many_warnings", severity: "warning" });
  });
});

describe("validation time is linear in the document", () => {
  const wrongRules = (one: string, count: number) =>
    `{"type":"rule_based","rules":[${Array.from({ length: count }, () => one).join(",")}]}`;
  const deep = nested(64).replace('"state":"flat"', '"state":"flt"');

  it.each([
    ["9,990 empty rules", wrongRules("{}", 9_990)],
    ["9,990 rules that are numbers", wrongRules("1", 9_990)],
    ["misspelt kinds and names", wrongRules('{"whn":{"kind":"positon","stat":"flt"}}', 2_400)],
    [
      "misspelt kinds in misspelt kinds",
      wrongRules(`${'{"kind":"al_of","condtions":['.repeat(20)}1${"]}".repeat(20)}`, 160),
    ],
    [
      "9,000 unknown properties",
      `{"type":"default",${Array.from({ length: 9_000 }, (_, i) => `"x${i}":1`).join(",")}}`,
    ],
    [
      "600 parameters that do not suit",
      JSON.stringify({
        type: "rule_based",
        params: Object.fromEntries(
          Array.from({ length: 600 }, (_, i) => [`p${i}`, { default: 0, min: -1, max: 1e6 }]),
        ),
        rules: Array.from({ length: 600 }, (_, i) => ({
          when: { kind: "ema_trend", period: { param: `p${i}` }, direction: "above" },
          then: { side: "buy", quantity: "1" },
        })),
      }),
    ],
    ["64 brackets with an error at their bottom", deep],
    [
      "the 130 bytes that break a recursive oneOf",
      `${'{"kind":"not","condition":'.repeat(5)}{}${"}".repeat(5)}`,
    ],
    ["100,000 opening brackets", "[".repeat(100_000)],
    ["100,000 brackets closed wrongly", "[},".repeat(100_000)],
    ["10,001 items", `[${"1,".repeat(10_000)}1]`],
    ["500,000 syntax errors", "x ".repeat(500_000)],
    ["1 MiB of nonsense", '{]:,"\\'.repeat(170_000)],
    ["1 MiB of opened strings", '"\n'.repeat(500_000)],
  ])("%s take less than a second", (_, text) => {
    parseRules(text);
    const start = process.cpuUsage();
    const { document, diagnostics } = parseRules(text);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(1);
    expect(document).toBeUndefined();
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.length).toBeLessThanOrEqual(102);
  });
});
