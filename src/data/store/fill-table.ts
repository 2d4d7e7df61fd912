import { type DuckDBConnection, rows } from "../duckdb.ts";
import { CANDLES, KEY, KEY_COLUMNS, VALUE_COLUMNS } from "./schema.ts";

/** Fewer rows are inserted one way or the other in no time. */
export const MANY = 50_000;
const WIDTH = KEY_COLUMNS.length + VALUE_COLUMNS.length;

/**
 * Makes the empty table of bars anew without its key, fills it and adds the key: DuckDB builds the index of a whole table
 * in about half the time that adding the rows to it takes. Returns the number of rows, or null where it did nothing:
 * it is only for many rows and an empty table, within a transaction of the caller's.
 */
export async function fillTable(
  connection: DuckDBConnection,
  columns: readonly string[],
  relation: string,
): Promise<number | null> {
  const stored = await rows(connection, {
    sql: "SELECT 1 FROM main.candles LIMIT 1",
    values: [],
  });
  const [[many]] = await rows(connection, {
    sql: `SELECT system.main.count(*) FROM ${relation}`,
    values: [],
  });
  if (stored.length > 0 || Number(many) < MANY) return null;
  const known = await rows(connection, {
    sql: `SELECT column_name FROM system.main.duckdb_columns() WHERE database_name = system.main.current_database()
      AND schema_name = 'main' AND table_name = 'candles' AND column_index > ${WIDTH} ORDER BY column_index`,
    values: [],
  });
  const list = columns.map((name) => `"${name}"`).join(", ");
  await connection.run("DROP TABLE main.candles");
  await connection.run(`CREATE TABLE main.candles (${CANDLES})`);
  for (const [name] of known) {
    await connection.run(`ALTER TABLE main.candles ADD COLUMN "${name}" DOUBLE`);
  }
  await connection.run(`INSERT INTO main.candles (${list}) SELECT ${list} FROM ${relation}`);
  await connection.run(`ALTER TABLE main.candles ADD ${KEY}`);
  return Number(many);
}
