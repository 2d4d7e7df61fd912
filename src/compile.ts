import { type CompileOptions, compileRules } from "./compile-rules.ts";
import { compileScript } from "./compile-script.ts";
import type { Diagnostic } from "./diagnostics/index.ts";
import { languageOf } from "./dsl/language.ts";
import type { Program } from "./program/program.ts";
import type { ScriptProgram } from "./program/script-program.ts";

export type { CompileOptions };

/** Both absent where a diagnostic is an error. */
export interface CompileResult {
  /** Of a rule document. */
  readonly program?: Program;
  /** Of a script. */
  readonly script?: ScriptProgram;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles a strategy: a rule document or paper-run body, as JSON text or as an object, or a script of the text language.
 * Does not throw for what a user wrote: wrong ones yield diagnostics, all of them at once.
 */
export function compile(source: string | object, options: CompileOptions = {}): CompileResult {
  const isText = typeof source === "string" && languageOf(source, options.file) === "text";
  return isText ? compileScript(source, options) : compileRules(source, options);
}
