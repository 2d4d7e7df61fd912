import { fail } from "../../diagnostics/index.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { barText } from "./bar-text.ts";
import type { OnConflict } from "./conflicts.ts";
import type { RowNames } from "./row-names.ts";
import { KEY_COLUMNS, VALUE_COLUMNS } from "./schema.ts";

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
  const differs = values.map((name) => `stored.${name} IS DISTINCT FROM incoming.${name}`);
  await connection.run(
    `CREATE OR REPLACE TEMPORARY TABLE met AS
     SELECT incoming.position AS met_at, ${differs.join(" OR ")} AS differs
     FROM (SELECT * FROM ${clean}) AS incoming JOIN main.candles AS stored USING (${KEYS.join(", ")})`,
  );
  const [met, conflicts] = await count(
    connection,
    "SELECT system.main.count(*), system.main.count(*) FILTER (differs) FROM temp.main.met",
  );
  if (conflicts > 0 && onConflict === "fail") await reportConflict(connection, conflicts, nameRow);
  if (conflicts > 0 && onConflict === "replace") {
    await connection.run(
      `UPDATE main.candles AS stored SET ${values.map((name) => `${name} = incoming.${name}`).join(", ")}
       FROM (SELECT * FROM ${clean}) AS incoming JOIN temp.main.met ON position = met_at
       WHERE differs AND ${KEYS.map((key) => `stored.${key} = incoming.${key}`).join(" AND ")}`,
    );
  }
  const list = [...KEYS, ...values].join(", ");
  const fresh = met === 0 ? "" : " WHERE position NOT IN (SELECT met_at FROM temp.main.met)";
  const [inserted] = await count(
    connection,
    `INSERT INTO main.candles (${list}) SELECT ${list} FROM ${clean}${fresh}`,
  );
  return {
    inserted,
    unchanged: met - conflicts,
    replaced: onConflict === "replace" ? conflicts : 0,
    kept: onConflict === "replace" ? 0 : conflicts,
  };
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
    sql: `SELECT ${barText("stored")} FROM main.candles AS stored, temp.main.staged AS incoming
      WHERE incoming.rowid = ? AND ${same}`,
    values: [BigInt(at)],
  });
  const name = await nameRow(at);
  return fail("import_conflict", { ...name, stored: String(stored[0]), more: conflicts - 1 });
}

async function count(connection: DuckDBConnection, sql: string): Promise<number[]> {
  const [first] = await rows(connection, { sql, values: [] });
  return first.map(Number);
}
