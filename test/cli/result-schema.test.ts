import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { METRICS } from "../../src/stats/index.ts";
import { DIALECTS, INTERVAL_NAMES } from "../../src/vector/index.ts";
import { ROOT } from "../source-tree.ts";

interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const { $defs = {} } = JSON.parse(
  readFileSync(join(ROOT, "schemas/backtest-result.schema.json"), "utf8"),
) as Schema;

test("lists the metrics of the table, with their titles", () => {
  const listed = Object.entries($defs["metrics"].properties ?? {});
  expect(listed.map(([name, { title }]) => [name, title])).toEqual(
    METRICS.map(({ name, title }) => [name, title]),
  );
});

test("lists the intervals and dialects of the code", () => {
  const settings = $defs["settings"].properties ?? {};
  expect(settings["dialect"].enum).toEqual(DIALECTS);
  expect(settings["interval"].enum).toEqual([...INTERVAL_NAMES, null]);
});

test("gives every property a title and a description", () => {
  const bare: string[] = [];
  const visit = (schema: Schema, path: string) => {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const at = `${path}/${name}`;
      if (!property.$ref && !(property.title && property.description)) bare.push(at);
      visit(property, at);
      if (property.items) visit(property.items, `${at}/items`);
    }
  };
  for (const [name, schema] of Object.entries($defs)) visit(schema, name);
  expect(bare).toEqual([]);
});

test("requires every key of everything but diagnostics, and allows no other", () => {
  const open = Object.entries($defs)
    .filter(([name]) => name !== "diagnostic")
    .filter(([, { properties, required, additionalProperties }]) => {
      const keys = Object.keys(properties ?? {}).join();
      return additionalProperties !== false || (required ?? []).join() !== keys;
    });
  expect(open.map(([name]) => name)).toEqual([]);
});
