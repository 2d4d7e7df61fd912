import { type Diagnostic, renderDiagnostic, type SourceText } from "../diagnostics/index.ts";
import type { Io } from "./io.ts";

export interface ErrorOutput {
  /** Standard output then gets `{state: "error", diagnostics}`. */
  readonly json: boolean;
  /** The message stands on standard error already. */
  readonly quiet?: boolean;
  /** The document that the diagnostics point into. */
  readonly text?: SourceText;
}

/** Says what was wrong with what the user gave: to people on standard error, to programs as JSON. */
export function reportErrors(
  diagnostics: readonly Diagnostic[],
  output: ErrorOutput,
  io: Io,
): void {
  if (output.json) io.out.write(`${JSON.stringify({ state: "error", diagnostics })}\n`);
  if (output.quiet !== true) reportDiagnostics(diagnostics, output.text, io);
}

/** Diagnostics for people on standard error. */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  text: SourceText | undefined,
  io: Io,
): void {
  for (const diagnostic of diagnostics) {
    io.err.write(`${renderDiagnostic(diagnostic, text, { color: io.errColor })}\n`);
  }
}
