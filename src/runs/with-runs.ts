import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type DuckDBConnection, NO_EXTENSIONS } from "../data/duckdb.ts";
import { openInstance } from "../data/instance.ts";
import { identify } from "../data/source-kind.ts";
import { rethrowStore } from "../data/store/errors.ts";
import { fail } from "../diagnostics/index.ts";
import { prepare, versionOf } from "./schema.ts";

/** Runs `use` with a database of runs, made where there is none and `write` is asked for. */
export async function withRuns<T>(
  path: string,
  write: boolean,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  checkFile(path, write);
  const mode = { access_mode: write ? "AUTOMATIC" : "READ_ONLY", enable_external_access: "false" };
  try {
    const instance = await openInstance(path, { ...NO_EXTENSIONS, ...mode });
    try {
      const connection = await instance.connect();
      try {
        await connection.run("SET TimeZone = 'UTC'");
        await connection.run("SET lock_configuration = true");
        if (write) await prepare(connection, path);
        else if ((await versionOf(connection, path)) === null) fail("runs_missing", { path });
        return await use(connection);
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  } catch (cause) {
    return rethrowStore(path, cause);
  }
}

function checkFile(path: string, write: boolean): void {
  if (!existsSync(path)) {
    if (!write) fail("runs_missing", { path });
    if (!existsSync(dirname(resolve(path)))) fail("file_not_found", { path: dirname(path) });
    return;
  }
  const { kind } = identify(path);
  if (kind !== "duckdb") fail("runs_foreign", { path, found: `content of another kind (${kind})` });
}
