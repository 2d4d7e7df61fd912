import { type Diagnostic, renderDiagnostic, SourceText, SwymcError } from "../diagnostics/index.ts";
import { languageOf } from "../dsl/language.ts";
import { parseRules } from "../dsl/parse-rules.ts";
import type { Context } from "./context.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { documentName, readDocument } from "./read-document.ts";

/** Checks each file; findings are the result, the closing line is for people. */
export async function runCheck(
  files: readonly string[],
  json: boolean,
  { io, exit }: Context,
): Promise<void> {
  const checked: Awaited<ReturnType<typeof checkFile>>[] = [];
  for (const file of files) checked.push(await checkFile(file));
  const diagnostics = checked.flatMap((one) => one.diagnostics);
  const errors = diagnostics.filter((one) => one.severity === "error").length;
  if (errors > 0) exit(EXIT_CODES.user.code);

  if (json) {
    io.out.write(`${JSON.stringify({ state: errors > 0 ? "error" : "ok", diagnostics })}\n`);
  } else {
    for (const { text, diagnostics: found } of checked) {
      for (const one of found) {
        io.out.write(`${renderDiagnostic(one, text, { color: io.outColor })}\n\n`);
      }
    }
  }
  io.err.write(`${plural(files.length, "file")} checked, ${closing(errors, diagnostics.length)}\n`);
}

async function checkFile(
  path: string,
): Promise<{ text?: SourceText; diagnostics: readonly Diagnostic[] }> {
  const file = documentName(path);
  try {
    const text = new SourceText(readDocument(path), file);
    if (languageOf(text.text, path) === "json") {
      return { text, diagnostics: parseRules(text.text, { file }).diagnostics };
    }
    // The parser of scripts takes a while to load.
    const { checkText } = await import("../dsl/text/check-text.ts");
    return { text, diagnostics: checkText(text.text, { file }) };
  } catch (error) {
    if (error instanceof SwymcError) return { diagnostics: error.diagnostics };
    throw error;
  }
}

function closing(errors: number, findings: number): string {
  const warnings = findings - errors;
  const parts = [
    errors === 0 ? "no errors" : plural(errors, "error"),
    ...(warnings === 0 ? [] : [plural(warnings, "warning")]),
  ];
  return parts.join(", ");
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
