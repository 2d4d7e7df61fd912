import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { at, type JsonSchema, readSchema } from "./schema-text.ts";
import { typeDifferences } from "./type-differences.ts";
import { typescriptOf } from "./typescript-of.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const config = ts.readConfigFile(`${root}tsconfig.json`, (file) => readFileSync(file, "utf8"));
const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
const host = ts.createCompilerHost(options);
const sources = new Map<string, ts.SourceFile | undefined>();
const virtual = `${root}test/dsl/virtual.ts`;

/** What differs between the types made from a schema and those that src/dsl/document.ts declares. */
async function drift(change: (schema: JsonSchema) => void): Promise<string[]> {
  const schema = readSchema();
  change(schema);
  const text = `${await typescriptOf(schema)}
import type { RulesDocument } from "../../src/dsl/document.ts";
export type Declared = RulesDocument;
`;
  const program = ts.createProgram([virtual], options, {
    ...host,
    fileExists: (file) => file === virtual || host.fileExists(file),
    getSourceFile: (file, language) => {
      if (file === virtual) return ts.createSourceFile(file, text, language);
      if (!sources.has(file)) sources.set(file, host.getSourceFile(file, language));
      return sources.get(file);
    },
  });
  const source = program.getSourceFile(virtual)!;
  expect(program.getSemanticDiagnostics(source).map((one) => one.messageText)).toEqual([]);
  const checker = program.getTypeChecker();
  const types = new Map(
    checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).map((symbol) => {
      return [symbol.name, checker.getDeclaredTypeOfSymbol(symbol)] as const;
    }),
  );
  return typeDifferences(checker, types.get("Root")!, types.get("Declared")!);
}

describe("the types of a rule document and its schema", () => {
  it("admit the same", async () => {
    expect(await drift(() => {})).toEqual([]);
  });

  it.each<[string, (schema: JsonSchema) => void]>([
    [
      "a property more in the schema",
      (schema) => {
        at(schema, "$defs", "action", "properties")["limit"] = { type: "number" };
      },
    ],
    [
      "a property less",
      (schema) => {
        delete at(schema, "$defs", "condition_rsi", "properties")["period"];
      },
    ],
    [
      "a property that became required",
      (schema) => {
        at(schema, "$defs", "condition_rsi")["required"] = [
          "kind",
          "period",
          "threshold",
          "comparison",
        ];
      },
    ],
    [
      "a property that became optional",
      (schema) => {
        at(schema, "$defs", "rule")["required"] = ["when"];
      },
    ],
    [
      "a word more",
      (schema) => {
        at(schema, "$defs", "interval")["enum"] = ["1h", "6h"];
      },
    ],
    [
      "a kind less",
      (schema) => {
        (at(schema, "$defs", "condition")["oneOf"] as unknown[]).pop();
      },
    ],
    [
      "another type",
      (schema) => {
        at(schema, "$defs", "number")["type"] = ["string", "object"];
      },
    ],
    [
      "a number that no parameter may stand for",
      (schema) => {
        at(schema, "$defs", "execution", "properties", "latency_ms")["type"] = "string";
      },
    ],
    [
      "an indicator's parameter that the types do not know",
      (schema) => {
        at(schema, "$defs", "func_sma", "properties")["weight"] = { $ref: "#/$defs/number" };
      },
    ],
  ])("drift apart by %s, which is noticed", async (_, change) => {
    expect(await drift(change)).not.toEqual([]);
  });
});
