import { fail, SwymcError } from "../diagnostics/index.ts";

/** DuckDB's errors about what is read as our own, in its own words. */
export function rethrowRead(path: string, cause: unknown): never {
  if (cause instanceof SwymcError || !(cause instanceof Error)) throw cause;
  const reason = cause.message.split("\n")[0];
  if (/lock on file|conflicting lock/i.test(reason)) fail("database_locked", { path, reason });
  if (/not a valid DuckDB|version number|corrupt|deserializ|checksum/i.test(reason)) {
    fail("database_invalid", { path, reason });
  }
  return fail("read_failed", { path, reason });
}
