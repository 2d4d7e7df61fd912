import { compileRules } from "../../compile-rules.ts";
import { type Diagnostic, SourceText } from "../../diagnostics/index.ts";
import { languageOf } from "../../dsl/language.ts";
import type { SweepRequest } from "../../sweep/plan-sweep.ts";
import type { Context } from "../context.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { documentName, readDocument } from "../read-document.ts";
import { reportDiagnostics, reportErrors } from "../report-errors.ts";

/** The strategies at these paths compiled, or null after the errors of all of them were reported. */
export async function readStrategies(
  paths: readonly string[],
  json: boolean,
  { io, exit }: Context,
): Promise<SweepRequest["strategies"] | null> {
  const found: {
    name: string;
    program: SweepRequest["strategies"][number]["program"];
    text: string;
  }[] = [];
  const errors: Diagnostic[] = [];
  for (const path of paths) {
    const name = documentName(path);
    const text = readDocument(path);
    const { program, diagnostics } = await compiled(text, path, name);
    if (program !== undefined) found.push({ name, program, text });
    else {
      errors.push(...diagnostics);
      reportDiagnostics(diagnostics, new SourceText(text, name), io);
    }
  }
  if (errors.length === 0) return found;
  if (json) reportErrors(errors, { json, quiet: true }, io);
  exit(EXIT_CODES.user.code);
  return null;
}

async function compiled(text: string, path: string, file: string) {
  if (languageOf(text, path) === "json") return compileRules(text, { file });
  // The parser of scripts takes a while to load.
  const { compileScript } = await import("../../compile-script.ts");
  const { script, diagnostics } = compileScript(text, { file });
  return { program: script, diagnostics };
}
