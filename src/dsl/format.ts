import { applyEdits, format } from "jsonc-parser";
import { type Diagnostic, SourceText } from "../diagnostics/index.ts";
import { readJson } from "./json/read.ts";
import { languageOf } from "./language.ts";
import { parseScript } from "./text/parse/parse-script.ts";
import { formatScript } from "./text/print/format-script.ts";

export interface Formatted {
  /** null where there are syntax errors. */
  readonly formatted: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A script or a rule document in the house style; only its syntax is checked. */
export function formatDocument(source: string, file?: string): Formatted {
  if (languageOf(source, file) === "text") {
    const { diagnostics } = parseScript(source, file === undefined ? {} : { file });
    const wrong = diagnostics.some((one) => one.severity === "error");
    return { formatted: wrong ? null : formatScript(source), diagnostics };
  }
  const text = new SourceText(source, file);
  const { value, diagnostics } = readJson(text);
  if (value === undefined) return { formatted: null, diagnostics };
  const style = { insertSpaces: true, tabSize: 2, eol: "\n", insertFinalNewline: true };
  return { formatted: applyEdits(source, format(source, undefined, style)), diagnostics };
}
