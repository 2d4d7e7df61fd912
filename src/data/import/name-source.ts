import { SwymcError } from "../../diagnostics/index.ts";

/** An error of a source whose diagnostics all say which source it is; anything else as it is. */
export function nameSource(source: string, cause: unknown): unknown {
  if (!(cause instanceof SwymcError)) return cause;
  const named = cause.diagnostics.map((one) =>
    one.file !== undefined || one.message.includes(source) ? one : { ...one, file: source },
  );
  return new SwymcError(named, { cause });
}
