import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { storingOrder } from "./order.ts";
import { CANDLES, KEY, KEY_COLUMNS, VALUE_COLUMNS } from "./schema.ts";

/** Fewer rows are inserted one way or the other in no time. */
export const MANY = 20_000;
const WIDTH = KEY_COLUMNS.length + VALUE_COLUMNS.length;
/** Bytes on disk for a row: 230 were measured of incompressible numbers, in the log and in the file with its key. */
const ROOM = { row: 400, extra: 32 };

/**
 * Whether rows are better stored by {@link fillTable}: many, into an empty table, with room to spare. The log of a new
 * key can be replayed only where there is room to write, so a disk that is nearly full is to see none.
 */
export async function suitsFilling(
  connection: DuckDBConnection,
  relation: string,
  extras: readonly string[],
): Promise<boolean> {
  const [[stored, many]] = await rows(connection, {
    sql: `SELECT EXISTS (SELECT 1 FROM main.candles), (SELECT system.main.count(*) FROM ${relation})`,
    values: [],
  });
  if (stored === true || Number(many) < MANY) return false;
  return (await freeBytes(connection)) > Number(many) * (ROOM.row + ROOM.extra * extras.length);
}

/**
 * Makes the empty table of bars anew without its key, fills it and adds the key: DuckDB builds the index of a whole table
 * in about half the time that adding the rows to it takes. Returns the number of rows; within a transaction of the
 * caller's, who makes a checkpoint behind it.
 */
export async function fillTable(
  connection: DuckDBConnection,
  relation: string,
  extras: readonly string[],
): Promise<number> {
  const known = await rows(connection, {
    sql: `SELECT column_name FROM system.main.duckdb_columns() WHERE database_name = system.main.current_database()
      AND schema_name = 'main' AND table_name = 'candles' AND column_index > ${WIDTH} ORDER BY column_index`,
    values: [],
  });
  const list = [...KEY_COLUMNS, ...VALUE_COLUMNS, ...extras].map((name) => `"${name}"`).join(", ");
  await connection.run("DROP TABLE main.candles");
  await connection.run(`CREATE TABLE main.candles (${CANDLES})`);
  for (const name of new Set([...known.map(String), ...extras])) {
    await connection.run(`ALTER TABLE main.candles ADD COLUMN "${name}" DOUBLE`);
  }
  const [[inserted]] = await rows(connection, {
    sql: `INSERT INTO main.candles (${list}) SELECT ${list} FROM ${relation}${storingOrder(relation)}`,
    values: [],
  });
  await connection.run(`ALTER TABLE main.candles ADD ${KEY}`);
  return Number(inserted);
}

/** Room where the database lies; without end for one in memory. */
async function freeBytes(connection: DuckDBConnection): Promise<number> {
  const [[path]] = await rows(connection, {
    sql: `SELECT path FROM system.main.duckdb_databases() WHERE database_name = system.main.current_database()`,
    values: [],
  });
  if (path === null) return Number.POSITIVE_INFINITY;
  const { bavail, bsize } = statfsSync(dirname(String(path)));
  return bavail * bsize;
}
