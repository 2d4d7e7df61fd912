import { fail } from "../../diagnostics/index.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";

/** The key of our own version; `market_data_schema_version` is another program's. */
const VERSION_KEY = "schema_version";

export const KEY_COLUMNS = ["exchange", "symbol", "interval", "open_time"] as const;
export const VALUE_COLUMNS = ["open", "high", "low", "close", "volume"] as const;

/** Each migration takes the schema from the version of its index to the next. */
type Migration = readonly string[];

export const MIGRATIONS: readonly Migration[] = [
  [
    `CREATE TABLE IF NOT EXISTS main.schema_metadata (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)`,
    `CREATE TABLE main.candles (
      exchange VARCHAR NOT NULL, symbol VARCHAR NOT NULL, "interval" VARCHAR NOT NULL,
      open_time TIMESTAMP NOT NULL,
      open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE,
      PRIMARY KEY (exchange, symbol, "interval", open_time))`,
    `CREATE TABLE main.imports (
      imported_at TIMESTAMP NOT NULL, source VARCHAR NOT NULL, format VARCHAR NOT NULL,
      inserted BIGINT NOT NULL, replaced BIGINT NOT NULL)`,
  ],
];

/** Version of the schema that this swymc writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** The version of a database: 0 where it is empty. Fails for one that is newer or not ours. */
export async function schemaVersion(
  connection: DuckDBConnection,
  path: string,
  known = SCHEMA_VERSION,
): Promise<number> {
  const objects = await listObjects(connection);
  if (objects.length === 0) return 0;
  const foreign = objects.find(([kind]) => kind !== "table");
  if (foreign !== undefined) return notOurs(path, `a ${foreign[0]} "${foreign[1]}"`);
  const tables = objects.map(([, name]) => name);
  if (!tables.includes("schema_metadata")) return notOurs(path, `tables ${tables.join(", ")}`);
  await checkColumns(connection, path);
  const sql = "SELECT value FROM main.schema_metadata WHERE key = ?";
  const found = await rows(connection, { sql, values: [VERSION_KEY] });
  if (found.length === 0) return notOurs(path, "no schema_version in schema_metadata");
  const text = String(found[0][0]);
  if (!/^[1-9]\d{0,8}$/.test(text)) return notOurs(path, `the schema version ${text}`);
  if (Number(text) > known) fail("store_newer", { path, found: text, known });
  return Number(text);
}

/** Brings a database from its version to the newest, each step in a transaction of its own. */
export async function migrate(
  connection: DuckDBConnection,
  from: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  for (const [index, statements] of migrations.entries()) {
    if (index < from) continue;
    await connection.run("BEGIN TRANSACTION");
    for (const statement of statements) await connection.run(statement);
    await connection.run(
      "INSERT INTO main.schema_metadata VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      [VERSION_KEY, String(index + 1)],
    );
    await connection.run("COMMIT");
  }
}

/** Everything in a database that someone made: kind and name. */
async function listObjects(connection: DuckDBConnection): Promise<[string, string][]> {
  const here = "database_name = system.main.current_database() AND NOT internal";
  const sql = `SELECT 'view', view_name FROM system.main.duckdb_views() WHERE ${here}
    UNION ALL SELECT 'macro', function_name FROM system.main.duckdb_functions() WHERE ${here}
    UNION ALL SELECT 'type', type_name FROM system.main.duckdb_types() WHERE ${here}
    UNION ALL SELECT 'index', index_name FROM system.main.duckdb_indexes() WHERE database_name = system.main.current_database()
    UNION ALL SELECT 'table', table_name FROM system.main.duckdb_tables() WHERE ${here}`;
  const found = await rows(connection, { sql, values: [] });
  return found.map(([kind, name]) => [String(kind), String(name)]);
}

/** Defaults, generated columns and checks of a table would run as code with every insert. */
async function checkColumns(connection: DuckDBConnection, path: string): Promise<void> {
  const sql = `SELECT table_name, column_name FROM system.main.duckdb_columns()
      WHERE database_name = system.main.current_database() AND NOT internal AND column_default IS NOT NULL
    UNION ALL SELECT table_name, constraint_type FROM system.main.duckdb_constraints()
      WHERE database_name = system.main.current_database() AND constraint_type NOT IN ('PRIMARY KEY', 'NOT NULL')`;
  const [odd] = await rows(connection, { sql, values: [] });
  if (odd !== undefined) notOurs(path, `a default or a check in the table "${odd[0]}"`);
  const keys = `SELECT system.main.array_to_string(constraint_column_names, ',') FROM system.main.duckdb_constraints()
    WHERE database_name = system.main.current_database() AND table_name = 'candles' AND constraint_type = 'PRIMARY KEY'`;
  const [key] = await rows(connection, { sql: keys, values: [] });
  if (key === undefined || key[0] !== KEY_COLUMNS.join(",")) {
    notOurs(path, "no table candles with the key of ours");
  }
}

function notOurs(path: string, found: string): never {
  return fail("store_foreign", { path, found });
}
