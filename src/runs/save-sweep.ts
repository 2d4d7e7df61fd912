import { type DuckDBConnection, rows } from "../data/duckdb.ts";
import { METRICS } from "../stats/index.ts";
import type { ResultColumn, RowChunk } from "../sweep/rows/columns.ts";
import { columnOf } from "../sweep/rows/columns.ts";
import type { Metadata } from "../sweep/rows/metadata.ts";
import { offerRows } from "../sweep/rows/write-database.ts";
import { canonicalJson } from "./canonical-json.ts";
import { insert } from "./insert.ts";
import { definitionOf, type RunStrategy, sha256 } from "./run-record.ts";
import { withRuns } from "./with-runs.ts";

/** A sweep as it is kept. */
export interface SweepRecord {
  readonly strategies: readonly RunStrategy[];
  readonly metadata: Metadata;
  /** The best row as plain JSON, with `params` and `metrics`; null where no trial has an objective. */
  readonly best: unknown;
  readonly command: string | null;
  readonly columns: readonly ResultColumn[];
  readonly chunks: Iterable<RowChunk>;
}

/** SHA-256 of strategy documents, bars, space and settings: the same sweep has the same key wherever and whenever it is made. */
export function sweepKey({ strategies, metadata }: Pick<SweepRecord, "strategies" | "metadata">) {
  const { manifest } = metadata;
  const { options, search, samples, seed, objective } = manifest;
  return sha256(
    canonicalJson({
      kind: "sweep",
      strategies: manifest.strategies.map(({ axes, where }, k) => ({
        ...{ definition: definitionOf(strategies[k]!), axes, where },
      })),
      jobs: manifest.jobs.map(({ strategy, fingerprint, symbol, interval, window }) => ({
        ...{ strategy, fingerprint, symbol, interval, window },
      })),
      ...{ options, search, samples, seed, objective },
    }),
  );
}

/**
 * Keeps a sweep with all its rows, or nothing. One that is there already stays as it is, unless it was stopped and this one
 * has more trials: then it takes its place.
 * @returns whether it was new
 */
export function saveSweep(path: string, record: SweepRecord): Promise<boolean> {
  const key = sweepKey(record);
  return withRuns(path, true, async (connection) => {
    await connection.run("BEGIN TRANSACTION");
    const kept = await keptTrials(connection, key);
    const better = kept === null || kept < record.metadata.trials;
    if (better) {
      await removeSweep(connection, key);
      await save(connection, key, record);
    }
    await connection.run("COMMIT");
    return better;
  });
}

/** Removes a sweep and its rows; its strategies stay. Returns how many there were. */
export async function removeSweep(connection: DuckDBConnection, key: string): Promise<number> {
  for (const table of ["sweep_trials", "sweep_strategies"]) {
    await connection.run(`DELETE FROM main.${table} WHERE run_key = ?`, [key]);
  }
  const sql = "DELETE FROM main.sweeps WHERE run_key = ? RETURNING run_key";
  return (await rows(connection, { sql, values: [key] })).length;
}

async function keptTrials(connection: DuckDBConnection, key: string): Promise<number | null> {
  const sql = "SELECT trials FROM main.sweeps WHERE run_key = ?";
  const [row] = await rows(connection, { sql, values: [key] });
  return row === undefined ? null : Number(row[0]);
}

async function save(connection: DuckDBConnection, key: string, record: SweepRecord): Promise<void> {
  const { strategies, metadata, best, command } = record;
  const { manifest, trials, planned, complete } = metadata;
  const now = new Date().toISOString();
  const only = <T>(of: (job: (typeof manifest.jobs)[number]) => T): T | null => {
    const values = new Set(manifest.jobs.map(of));
    return values.size === 1 ? [...values][0]! : null;
  };
  const definitions = strategies.map(definitionOf);
  await insert(
    connection,
    "strategies",
    strategies.map(({ name, language, text }, k) => [definitions[k]!, name, language, text, now]),
  );
  await insert(connection, "sweeps", [
    [
      ...[key, complete ? "ok" : "interrupted", strategies.map(({ name }) => name).join(", ")],
      ...[only(({ exchange }) => exchange), only(({ symbol }) => symbol)],
      ...[only(({ interval }) => interval), trials, planned, manifest.objective],
      ...[best === null ? null : JSON.stringify(best), JSON.stringify(manifest)],
      ...[manifest.swymc, command, now],
    ],
  ]);
  await insert(
    connection,
    "sweep_strategies",
    definitions.map((definition, place) => [key, place, definition]),
  );
  await saveTrials(connection, key, record);
}

/** Rows go in while they are read, so that memory does not grow with their number. */
async function saveTrials(
  connection: DuckDBConnection,
  key: string,
  { metadata, columns, chunks }: SweepRecord,
): Promise<void> {
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const value = (name: string) => {
    const k = place(name);
    if (k < 0) return "NULL";
    return columns[k]!.type === "text"
      ? `c${k}`
      : `CASE WHEN isnan(c${k}) THEN NULL ELSE c${k} END`;
  };
  const { strategies } = metadata.manifest;
  const names = [...new Set(strategies.flatMap(({ axes }) => Object.keys(axes)))];
  const params = names.map((name) => `?, ${value(columnOf(name))}`).join(", ");
  const failure = offerRows(connection, columns, chunks);
  await connection
    .run(
      `INSERT INTO main.sweep_trials SELECT ?, ${value("trial")}, json_object(${params}),
       ${["strategy", "strategy_id", "source", "symbol", "interval", "window", "rung"].map(value).join(", ")},
       ${METRICS.map(({ name }) => value(name)).join(", ")}, ${value("state")} FROM offered_rows()`,
      [key, ...names],
    )
    .catch(failure);
}
