export { catalogue, type DiagnosticCode, type ParamsOf } from "./catalogue/index.ts";
export type { SyntaxMistake } from "./catalogue/text.ts";
export {
  type Diagnostic,
  diagnose,
  fail,
  type Place,
  type Span,
  SwymcError,
} from "./diagnostic.ts";
export { escapeHtml, escapeTerminal } from "./escape.ts";
export { writeReason } from "./file-reason.ts";
export { type RenderOptions, renderDiagnostic } from "./frame.ts";
export { SourceText } from "./source-text.ts";
export { suggest } from "./suggest.ts";
