import { compile } from "../compile.ts";
import { SourceText } from "../diagnostics/index.ts";
import type { Program } from "../program/program.ts";
import type { Context } from "./context.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { documentName, readDocument } from "./read-document.ts";
import { reportDiagnostics, reportErrors } from "./report-errors.ts";

/** The program of a document, or null after its errors were reported. Warnings are reported either way. */
export function compileDocument(
  path: string,
  json: boolean,
  { io, exit }: Context,
): Program | null {
  const file = documentName(path);
  const text = new SourceText(readDocument(path), file);
  const { program, diagnostics } = compile(text.text, { file });
  if (program === undefined) {
    reportErrors(diagnostics, { json, text }, io);
    exit(EXIT_CODES.user.code);
    return null;
  }
  reportDiagnostics(diagnostics, text, io);
  return program;
}
