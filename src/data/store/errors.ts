import { fail, SwymcError } from "../../diagnostics/index.ts";

/** DuckDB's errors about the database itself as our own, in its own words. */
export function rethrowStore(path: string, cause: unknown): never {
  if (cause instanceof SwymcError || !(cause instanceof Error)) throw cause;
  const reason = cause.message.split("\n")[0];
  if (/lock on file|conflicting lock/i.test(reason)) fail("database_locked", { path, reason });
  if (/not a valid DuckDB|version number|corrupt|deserializ|checksum/i.test(reason)) {
    fail("database_invalid", { path, reason });
  }
  if (isStoreFault(cause)) fail("store_write", { path, reason });
  throw cause;
}

/** Whether the database could not be written. */
export function isStoreFault(cause: unknown): boolean {
  const faults =
    /no space left|could not write|write error|disk|quota|read-only file system|database has been invalidated/i;
  return cause instanceof Error && !(cause instanceof SwymcError) && faults.test(cause.message);
}
