import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rulesDiagnostics } from "../../src/diagnostics/catalogue/rules.ts";
import { renderDiagnostic } from "../../src/diagnostics/index.ts";
import { parseRules } from "../../src/dsl/parse-rules.ts";

/** Each case: `rules.json` and, in `expected.txt`, what a person sees. UPDATE_FIXTURES=1 rewrites the latter. */
const folder = new URL("../../fixtures/rules-invalid/", import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => !name.startsWith("."))
  .sort();
const seen = new Set<string>();

describe("faulty documents", () => {
  it.each(cases)("%s", (name) => {
    const { document, diagnostics, text } = parseRules(
      readFileSync(new URL(`${name}/rules.json`, folder)),
      { file: "rules.json" },
    );
    for (const one of diagnostics) seen.add(one.code);
    const rendered = `${diagnostics.map((one) => renderDiagnostic(one, text)).join("\n\n")}\n`;
    const expected = new URL(`${name}/expected.txt`, folder);
    if (process.env["UPDATE_FIXTURES"] === "1") writeFileSync(expected, rendered);
    expect(existsSync(expected)).toBe(true);
    expect(rendered).toBe(readFileSync(expected, "utf8"));
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(document === undefined).toBe(diagnostics.some((one) => one.severity === "error"));
  });

  it("show every diagnostic of the rule language but those of limits and of objects", () => {
    const missing = Object.keys(rulesDiagnostics).filter((code) => !seen.has(code));
    expect(missing.sort()).toEqual([
      "document_too_deep",
      "document_too_large",
      "document_too_many_nodes",
      "not_json_value",
      "schema_violation",
      "too_many_errors",
      "too_many_warnings",
    ]);
  });
});
