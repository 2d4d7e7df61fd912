import { compileRules } from "../compile-rules.ts";
import { type Diagnostic, SourceText } from "../diagnostics/index.ts";
import { languageOf } from "../dsl/language.ts";
import type { Program } from "../program/program.ts";
import type { ScriptProgram } from "../program/script-program.ts";
import type { Context } from "./context.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { documentName, readDocument } from "./read-document.ts";
import { reportDiagnostics, reportErrors } from "./report-errors.ts";

export interface CompileDocument {
  readonly json: boolean;
  /** Whether to report warnings too; a backtest's result carries them. */
  readonly warn: boolean;
}

/** A strategy with the text that it was written in. */
export interface CompiledStrategy {
  readonly program: Program | ScriptProgram;
  readonly text: string;
}

/** The program of a rule document or a script, or null after its errors were reported. */
export async function compileStrategy(
  path: string,
  settings: CompileDocument,
  context: Context,
): Promise<CompiledStrategy | null> {
  const { text, file } = readText(path);
  if (languageOf(text.text, path) === "json") {
    const { program, diagnostics } = compileRules(text.text, { file });
    return withText(reported(program, diagnostics, text, settings, context), text);
  }
  // The parser of scripts takes a while to load.
  const { compileScript } = await import("../compile-script.ts");
  const { script, diagnostics } = compileScript(text.text, { file });
  return withText(reported(script, diagnostics, text, settings, context), text);
}

function withText(
  program: Program | ScriptProgram | null,
  { text }: SourceText,
): CompiledStrategy | null {
  return program === null ? null : { program, text };
}

function readText(path: string) {
  const file = documentName(path);
  return { file, text: new SourceText(readDocument(path), file) };
}

function reported<T>(
  program: T | undefined,
  diagnostics: readonly Diagnostic[],
  text: SourceText,
  { json, warn }: CompileDocument,
  { io, exit }: Context,
): T | null {
  if (program === undefined) {
    reportErrors(diagnostics, { json, text }, io);
    exit(EXIT_CODES.user.code);
    return null;
  }
  if (warn) reportDiagnostics(diagnostics, text, io);
  return program;
}
