import type { Diagnostic, SourceText } from "../../../diagnostics/index.ts";
import type { Script } from "../ast.ts";
import { checkScript } from "./check-script.ts";
import { MAX_ERRORS } from "./context.ts";

/**
 * All that is wrong with a script with syntax errors: these, and the names and types of what could be read beside them. Lines
 * with a syntax error, and names that such a line may have declared, are let be.
 */
export function checkDamaged(
  script: Script,
  text: SourceText,
  syntax: readonly Diagnostic[],
): readonly Diagnostic[] {
  const unread = new Set(syntax.map(({ span }) => span?.line));
  const { diagnostics } = checkScript(script, text, { damaged: true });
  // A block of which lines are missing may have lost its value.
  const beside = diagnostics.filter(
    ({ code, span }) => code !== "script_no_value" && !unread.has(span?.line),
  );
  return [...syntax, ...beside]
    .sort((a, b) => (a.span?.offset ?? 0) - (b.span?.offset ?? 0))
    .slice(0, MAX_ERRORS);
}
