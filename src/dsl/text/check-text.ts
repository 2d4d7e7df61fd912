import type { Diagnostic } from "../../diagnostics/index.ts";
import { checkDamaged, checkScript } from "./check/index.ts";
import { parseScript } from "./parse/parse-script.ts";

/** Everything that is wrong with a script; names and types are looked at as far as its lines can be read. */
export function checkText(
  source: string,
  options: { readonly file?: string } = {},
): readonly Diagnostic[] {
  const { script, text, diagnostics } = parseScript(source, options);
  if (diagnostics.some((one) => one.severity === "error"))
    return checkDamaged(script, text, diagnostics);
  return [...diagnostics, ...checkScript(script, text).diagnostics];
}
