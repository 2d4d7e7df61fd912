import type { CompileOptions } from "./compile-rules.ts";
import type { Diagnostic } from "./diagnostics/index.ts";
import type { Span } from "./dsl/text/ast.ts";
import { checkDamaged, checkScript } from "./dsl/text/check/index.ts";
import { parseScript } from "./dsl/text/parse/parse-script.ts";
import { createScriptProgram, type ScriptProgram } from "./program/script-program.ts";

export interface CompiledText {
  /** Absent where a diagnostic is an error. */
  readonly script?: ScriptProgram;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles a script of the text language: public Pine strategies, version 3 to 6.
 *
 *     text → tokens → tree → check → core → slice → script
 *
 * Does not throw for what a user wrote: wrong scripts yield diagnostics, all of them at once.
 */
export function compileScript(source: string, options: CompileOptions = {}): CompiledText {
  const { script, text, diagnostics } = parseScript(source, options);
  if (diagnostics.some((one) => one.severity === "error"))
    return { diagnostics: checkDamaged(script, text, diagnostics) };
  const checked = checkScript(script, text, { purpose: "backtest" });
  const all = [...diagnostics, ...checked.diagnostics];
  if (checked.core === undefined) return { diagnostics: all };
  const { file } = options;
  const placeOf = ({ start, end }: Span) => ({
    ...(file === undefined ? {} : { file }),
    span: text.span(start, end - start),
  });
  return { script: createScriptProgram(checked.core, all, placeOf, text.text), diagnostics: all };
}
