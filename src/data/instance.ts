import type { DuckDBInstance } from "@duckdb/node-api";
import { duckdb } from "./duckdb-package.ts";

/**
 * Opens a DuckDB with settings. A killed process may leave a log of its last commit that DuckDB cannot replay where it
 * may only read (a new key of a large table, for one): it is replayed by opening the database once with the right to
 * write, shut off from all other files, as the next writer would do.
 */
export async function openInstance(
  path: string,
  options: Readonly<Record<string, string>>,
): Promise<DuckDBInstance> {
  const { DuckDBInstance } = duckdb();
  try {
    return await DuckDBInstance.create(path, { ...options });
  } catch (cause) {
    if (options["access_mode"] !== "READ_ONLY" || !isUnreplayed(cause)) throw cause;
  }
  const replaying = { ...options, access_mode: "READ_WRITE", enable_external_access: "false" };
  (await DuckDBInstance.create(path, replaying)).closeSync();
  return DuckDBInstance.create(path, { ...options });
}

function isUnreplayed(cause: unknown): boolean {
  return cause instanceof Error && /replaying WAL file.*Could not write file/s.test(cause.message);
}
