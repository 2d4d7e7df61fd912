import { diagnose, SwymcError, suggest } from "../diagnostics/index.ts";
import type { Context } from "./context.ts";
import { TEMPLATES } from "./template-documents.ts";
import type { TemplatesOptions } from "./templates.ts";

/** Where the schema lies for a document in a project that has installed the package. */
const SCHEMA = "./node_modules/swymc/schemas/rules.schema.json";

/** Prints one template as a document that can be run, or lists all with what they do. */
export function runTemplates(
  name: string | undefined,
  { json }: TemplatesOptions,
  { io }: Context,
): void {
  if (name !== undefined) {
    io.out.write(`${JSON.stringify({ ...documentOf(name), $schema: SCHEMA }, null, 2)}\n`);
    return;
  }
  const listed = TEMPLATES.map((one) => ({ name: one.name, description: one.description }));
  if (json) {
    io.out.write(`${JSON.stringify(listed)}\n`);
    return;
  }
  const width = Math.max(...listed.map((one) => one.name.length));
  for (const one of listed) io.out.write(`${one.name.padEnd(width)}  ${one.description}\n`);
}

function documentOf(name: string): object {
  const found = TEMPLATES.find((one) => one.name === name);
  if (found !== undefined) return found.document;
  const known = TEMPLATES.map((one) => one.name);
  throw new SwymcError([
    diagnose("unknown_template", { name, suggestion: suggest(name, known), known }),
  ]);
}
