import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateRulesValidator } from "../../scripts/generate/rules-validators.ts";
import { at, type JsonSchema, readSchema } from "./schema-text.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "swymc-schema-"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
});

afterAll(() => rm(folder, { recursive: true }));

/** `parseRules` of a copy of the sources, built with a changed copy of the schema file. */
async function parserOf(name: string, change: (schema: JsonSchema) => void) {
  const schema = readSchema();
  change(schema);
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(schema));
  const src = join(folder, name);
  await cp(join(root, "src"), src, { recursive: true });
  await generateRulesValidator(file, join(src, "dsl/generated"));
  const { parseRules } = await import(pathToFileURL(join(src, "dsl/parse-rules.ts")).href);
  return (source: unknown): string[] =>
    parseRules(source).diagnostics.map((one: { code: string }) => one.code);
}

describe("the schema file is what documents are checked by", () => {
  const document = { type: "rsi_reversal", order_quantity: "1", rsi_period: 3 };

  it("as it is, the document is accepted", async () => {
    const codes = await parserOf("same", () => {});
    expect(codes(document)).toEqual([]);
  });

  it("a raised minimum refuses it", async () => {
    const codes = await parserOf("minimum", (schema) => {
      at(schema, "$defs", "strategy_rsi_reversal", "properties", "rsi_period")["minimum"] = 4;
    });
    expect(codes(document)).toEqual(["period_out_of_range"]);
    expect(codes({ ...document, rsi_period: 4 })).toEqual([]);
  });

  it("one more required property refuses it", async () => {
    const codes = await parserOf("required", (schema) => {
      at(schema, "$defs", "strategy_rsi_reversal")["required"] = ["type", "oversold"];
    });
    expect(codes(document)).toEqual(["missing_property"]);
  });

  it("a keyword without a message of its own is told all the same", async () => {
    const codes = await parserOf("other", (schema) => {
      at(schema, "$defs", "strategy_rsi_reversal", "properties", "rsi_period")["multipleOf"] = 2;
    });
    expect(codes(document)).toEqual(["schema_violation"]);
  });
});
