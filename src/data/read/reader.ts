import { type DuckDBConnection, NO_EXTENSIONS, rows } from "../duckdb.ts";
import { openInstance } from "../instance.ts";

/** A DuckDB to read with, until it is closed. */
export interface Reader {
  readonly connection: DuckDBConnection;
  readonly close: () => void;
}

/** A database, read-only and shut off from files and networks: its content is someone else's. */
export function openDatabaseReader(path: string): Promise<Reader> {
  return open(path, {
    threads: "2",
    access_mode: "READ_ONLY",
    enable_external_access: "false",
  });
}

/** A DuckDB in memory that reads files. */
export function openFileReader(): Promise<Reader> {
  return open(":memory:", {
    memory_limit: "2GB",
    threads: "2",
    enable_external_file_cache: "false",
  });
}

async function open(path: string, options: Record<string, string>): Promise<Reader> {
  const instance = await openInstance(path, { ...NO_EXTENSIONS, ...options });
  try {
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    if (path !== ":memory:") await keepFewBlocks(connection);
    await connection.run("SET lock_configuration = true");
    return {
      connection,
      close: () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch (cause) {
    instance.closeSync();
    throw cause;
  }
}

/**
 * Blocks that DuckDB keeps would stand beside the columns; a scan needs a few of each column. Set once the database is open, because a
 * log that a killed import left behind may take more to read in; where it did, the limit stays as it was.
 */
async function keepFewBlocks(connection: DuckDBConnection): Promise<void> {
  const [[columns]] = await rows(connection, {
    sql: `SELECT coalesce(system.main.max(column_index), 0) FROM system.main.duckdb_columns()
      WHERE database_name = system.main.current_database()`,
    values: [],
  });
  const megabytes = 32 + 2 * Number(columns);
  await connection.run(`SET memory_limit = '${megabytes}MB'`).catch(() => undefined);
}
