import { fail } from "../../diagnostics/index.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { barText } from "./bar-text.ts";
import type { OnConflict } from "./conflicts.ts";
import { storingOrder } from "./order.ts";
import type { RowNames } from "./row-names.ts";
import { KEY_COLUMNS, VALUE_COLUMNS } from "./schema.ts";
import { NAMED } from "./staging.ts";

/** What became of rows that were merged. */
export interface Merged {
  readonly inserted: number;
  /** Stored before with the same values. */
  readonly unchanged: number;
  /** Stored before with other values, which the new ones replaced. */
  readonly replaced: number;
  /** Stored before with other values, which stayed. */
  readonly kept: number;
}

const KEYS = KEY_COLUMNS.map((name) => `"${name}"`);

/**
 * Merges rows, one per key, into `candles`; within a transaction of the caller's. Bars that are stored with the same
 * values stay, those with other values are a conflict.
 */
export async function mergeRows(
  connection: DuckDBConnection,
  clean: string,
  extras: readonly string[],
  onConflict: OnConflict,
  nameRow: RowNames,
): Promise<Merged> {
  for (const name of extras) {
    await connection.run(`ALTER TABLE main.candles ADD COLUMN IF NOT EXISTS "${name}" DOUBLE`);
  }
  const values = [...VALUE_COLUMNS, ...extras].map((name) => `"${name}"`);
  const [met, conflicts] = (await rangesMeet(connection, clean))
    ? await compare(connection, clean, extras)
    : [0, 0];
  if (conflicts > 0 && onConflict === "fail") await reportConflict(connection, conflicts, nameRow);
  if (conflicts > 0 && onConflict === "replace") {
    await connection.run(
      `UPDATE main.candles AS stored SET ${values.map((name) => `${name} = incoming.${name}`).join(", ")}
       FROM (SELECT * FROM ${clean}) AS incoming JOIN temp.main.met ON position = met_at
       WHERE differs AND ${KEYS.map((key) => `stored.${key} = incoming.${key}`).join(" AND ")}`,
    );
  }
  const columns = [...KEY_COLUMNS, ...VALUE_COLUMNS, ...extras];
  return {
    inserted: await insert(connection, columns, clean, met),
    unchanged: met - conflicts,
    replaced: onConflict === "replace" ? conflicts : 0,
    kept: onConflict === "replace" ? 0 : conflicts,
  };
}

/** Whether bars are stored between the first and the last of the rows of a series: cheap to tell, and where none is, none is met. */
async function rangesMeet(connection: DuckDBConnection, clean: string): Promise<boolean> {
  const names = KEYS.slice(0, 3);
  const sql = `SELECT 1 FROM main.candles AS stored JOIN (SELECT ${names.join(", ")}, system.main.min(open_time) AS first_time,
      system.main.max(open_time) AS last_time FROM ${clean} GROUP BY ${names.join(", ")}) AS ranges USING (${names.join(", ")})
    WHERE stored.open_time BETWEEN first_time AND last_time LIMIT 1`;
  return (await rows(connection, { sql, values: [] })).length > 0;
}

/** Fills `met` with the rows whose key is stored, and counts them and those of other values. */
async function compare(
  connection: DuckDBConnection,
  clean: string,
  extras: readonly string[],
): Promise<number[]> {
  const differs = [
    ...VALUE_COLUMNS.map((name) => `stored."${name}" IS DISTINCT FROM incoming."${name}"`),
    // Extra columns hold null where rows came without them.
    ...extras.map(
      (name) =>
        `nullif(stored."${name}", 'nan'::DOUBLE) IS DISTINCT FROM nullif(incoming."${name}", 'nan'::DOUBLE)`,
    ),
  ];
  await connection.run(
    `CREATE OR REPLACE TEMPORARY TABLE met AS
     SELECT incoming.position AS met_at, ${differs.join(" OR ")} AS differs
     FROM (SELECT * FROM ${clean}) AS incoming JOIN main.candles AS stored USING (${KEYS.join(", ")})`,
  );
  return count(
    connection,
    "SELECT system.main.count(*), system.main.count(*) FILTER (differs) FROM temp.main.met",
  );
}

async function insert(
  connection: DuckDBConnection,
  columns: readonly string[],
  clean: string,
  met: number,
): Promise<number> {
  const list = columns.map((name) => `"${name}"`).join(", ");
  const fresh = met === 0 ? "" : " WHERE position NOT IN (SELECT met_at FROM temp.main.met)";
  const [inserted] = await count(
    connection,
    `INSERT INTO main.candles (${list}) SELECT ${list} FROM ${clean}${fresh}${storingOrder(clean)}`,
  );
  return inserted;
}

async function reportConflict(
  connection: DuckDBConnection,
  conflicts: number,
  nameRow: RowNames,
): Promise<never> {
  const [at] = await count(
    connection,
    "SELECT system.main.min(met_at) FROM temp.main.met WHERE differs",
  );
  const same = KEYS.map((key) => `stored.${key} = incoming.${key}`).join(" AND ");
  const [stored] = await rows(connection, {
    sql: `SELECT ${barText("stored")} FROM main.candles AS stored, ${NAMED} AS incoming
      WHERE incoming.position = ? AND ${same}`,
    values: [BigInt(at)],
  });
  const name = await nameRow(at);
  return fail("import_conflict", { ...name, stored: String(stored[0]), more: conflicts - 1 });
}

async function count(connection: DuckDBConnection, sql: string): Promise<number[]> {
  const [first] = await rows(connection, { sql, values: [] });
  return first.map(Number);
}
