import { compile } from "../compile.ts";
import { SourceText } from "../diagnostics/index.ts";
import type { Program } from "../program/program.ts";
import type { Context } from "./context.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { documentName, readDocument } from "./read-document.ts";
import { reportDiagnostics, reportErrors } from "./report-errors.ts";

export interface CompileDocument {
  readonly json: boolean;
  /** Whether to report warnings too; a backtest's result carries them. */
  readonly warn: boolean;
}

/** The program of a document, or null after its errors were reported. */
export function compileDocument(
  path: string,
  { json, warn }: CompileDocument,
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
  if (warn) reportDiagnostics(diagnostics, text, io);
  return program;
}
