import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rulesDocs } from "../../scripts/generate/rules-docs.ts";
import { catalogue } from "../../src/diagnostics/index.ts";
import { parseRules } from "../../src/dsl/parse-rules.ts";
import { readSchema } from "./schema-text.ts";

const docs = readFileSync(new URL("../../docs/rules.md", import.meta.url), "utf8");

describe("docs/rules.md", () => {
  it("is what `npm run sync` makes of the schema", () => {
    expect(docs).toBe(rulesDocs(readSchema()));
  });

  it("shows documents that are accepted", () => {
    const blocks = [...docs.matchAll(/```json\n(.*?)```/gs)].map((match) => match[1]);
    expect(blocks.length).toBe(2);
    for (const block of blocks) expect(parseRules(block).diagnostics).toEqual([]);
  });

  it("names diagnostics that exist in its table of limits", () => {
    const codes = [...docs.matchAll(/^\|.*\| `([a-z_]+)`(?: or `([a-z_]+)`)? \|$/gm)].flatMap(
      (one) => one.slice(1).filter((code) => code !== undefined),
    );
    expect(codes.length).toBe(11);
    for (const code of codes) expect(Object.keys(catalogue)).toContain(code);
  });
});
