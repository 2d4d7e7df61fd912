import type { SwymcError } from "../../diagnostics/index.ts";

/** Whether an error is about the store itself, so that nothing further could be stored either. */
export function isFatal({ diagnostics }: SwymcError): boolean {
  return diagnostics.some(({ code }) => /^(store|database)_/.test(code));
}
