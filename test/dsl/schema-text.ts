import { readFileSync } from "node:fs";
import type { JsonSchema } from "../../scripts/generate/rules-schema.ts";

export type { JsonSchema };

export const schemaUrl = new URL("../../schemas/rules.schema.json", import.meta.url);

/** The schema file, parsed anew each time, so that a test may change its copy. */
export function readSchema(): JsonSchema & { $defs: Record<string, JsonSchema> } {
  return JSON.parse(readFileSync(schemaUrl, "utf8"));
}

/** A property's own schema, by the path of names to it. */
export function at(schema: JsonSchema, ...path: string[]): JsonSchema {
  return path.reduce((inner, name) => inner[name] as JsonSchema, schema);
}
