import type { Diagnostic } from "../../diagnostics/index.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import type { RowName } from "../faults.ts";
import type { OnConflict } from "./conflicts.ts";
import { type SeriesName, settleNames } from "./names.ts";
import type { FaultName } from "./severity.ts";
import { STAGED } from "./staging.ts";

export interface CommitOptions {
  /** What the user calls the source. */
  readonly source: string;
  readonly format: string;
  readonly exchange?: string | undefined;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
  readonly onConflict?: OnConflict | undefined;
  readonly allow?: readonly FaultName[] | undefined;
  readonly nameRow?: ((index: number) => RowName) | undefined;
}

/** What became of a source's rows: `rows` is the sum of the counts after it. */
export interface CommitReport {
  readonly source: string;
  readonly format: string;
  readonly series: readonly SeriesName[];
  readonly rows: number;
  readonly inserted: number;
  /** Stored before with the same values. */
  readonly unchanged: number;
  /** Stored before with other values, which the new ones replaced. */
  readonly replaced: number;
  /** Stored before with other values, which stayed. */
  readonly kept: number;
  /** The same bar again within the source. */
  readonly duplicates: number;
  /** Left out because of a fault that was admitted. */
  readonly dropped: number;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Checks what is staged, and merges it into `candles` in one transaction: all of it or nothing. Throws a SwymcError
 * that names every fault that is not admitted.
 */
export async function commitStaged(
  connection: DuckDBConnection,
  options: CommitOptions,
): Promise<CommitReport> {
  const series = await settleNames(connection, options, async () => null);
  const [[count]] = await rows(connection, {
    sql: `SELECT system.main.count(*) FROM ${STAGED}`,
    values: [],
  });
  await connection.run("BEGIN TRANSACTION");
  try {
    const before = await stored(connection);
    await connection.run(
      `INSERT INTO main.candles BY NAME (SELECT * EXCLUDE (line) FROM ${STAGED}) ON CONFLICT DO NOTHING`,
    );
    const inserted = (await stored(connection)) - before;
    await connection.run("COMMIT");
    return {
      source: options.source,
      format: options.format,
      series,
      rows: Number(count),
      inserted,
      unchanged: Number(count) - inserted,
      replaced: 0,
      kept: 0,
      duplicates: 0,
      dropped: 0,
      warnings: [],
    };
  } catch (cause) {
    await connection.run("ROLLBACK");
    throw cause;
  }
}

async function stored(connection: DuckDBConnection): Promise<number> {
  const sql = "SELECT system.main.count(*) FROM main.candles";
  return Number((await rows(connection, { sql, values: [] }))[0][0]);
}
