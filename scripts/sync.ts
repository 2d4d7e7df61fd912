import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { indicators } from "../src/indicators/registry.ts";
import { rulesDocs } from "./generate/rules-docs.ts";
import { type JsonSchema, withRegistry } from "./generate/rules-schema.ts";

/** Rewrites the parts of committed files that follow from the code; tests fail where one has been forgotten. */
const schemaFile = at("schemas/rules.schema.json");
const schema = withRegistry(JSON.parse(readFileSync(schemaFile, "utf8")) as JsonSchema, indicators);
writeFileSync(schemaFile, JSON.stringify(schema, null, 2));
execFileSync(at("node_modules/.bin/biome"), ["format", "--write", schemaFile], { stdio: "ignore" });
writeFileSync(at("docs/rules.md"), rulesDocs(schema));

function at(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
