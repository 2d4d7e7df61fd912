export { catalogue, type DiagnosticCode, type ParamsOf } from "./catalogue/index.ts";
export {
  type Diagnostic,
  diagnose,
  fail,
  type Place,
  type Span,
  SwymcError,
} from "./diagnostic.ts";
