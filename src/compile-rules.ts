import type { Diagnostic } from "./diagnostics/index.ts";
import { parseRules } from "./dsl/index.ts";
import { indicatorShape, lower } from "./dsl/lower.ts";
import { verifyProgram } from "./ir/index.ts";
import { createProgram, type Program } from "./program/program.ts";

export interface CompileOptions {
  /** Name of the source for diagnostics. */
  readonly file?: string;
}

export interface CompiledRules {
  /** Absent where a diagnostic is an error. */
  readonly program?: Program;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles a rule document or paper-run body, as JSON text or as an object.
 *
 *     text → parse → check → lower → IR → verify → plan → program
 *
 * Does not throw for what a user wrote: wrong documents yield diagnostics, all of them at once.
 */
export function compileRules(source: string | object, options: CompileOptions = {}): CompiledRules {
  const { document, diagnostics } = parseRules(source, options);
  if (!document) return { diagnostics };
  const ir = lower(document.strategy);
  const broken = verifyProgram(ir, indicatorShape);
  if (broken.length > 0) throw new Error(`lowering made a broken program:\n${broken.join("\n")}`);
  return { program: createProgram(ir, document, diagnostics), diagnostics };
}
