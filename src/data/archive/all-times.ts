import { existsSync } from "node:fs";
import type { Statement } from "../duckdb.ts";
import { checkedArchivePath } from "../read/archive-segments.ts";
import { openDatabaseReader } from "../read/reader.ts";
import { rethrowStore } from "../store/errors.ts";
import type { Store } from "../store/open-store.ts";
import { VALUE_COLUMNS } from "../store/schema.ts";
import { readManifest } from "./manifest.ts";

/** The files of a database's archive, for a store to be opened with. Fails where one is missing. */
export async function archiveFiles(database: string): Promise<string[]> {
  if (!existsSync(database)) return [];
  const reader = await openDatabaseReader(database).catch((cause) => rethrowStore(database, cause));
  try {
    const manifest = await readManifest(reader.connection);
    return manifest.map((file) => checkedArchivePath(database, file));
  } finally {
    reader.close();
  }
}

/** A FROM clause of the names and times of all bars, stored or archived; of a store that was opened with {@link archiveFiles}. */
export async function allTimes({ connection, path, readable }: Store): Promise<Statement> {
  const manifest = await readManifest(connection);
  if (manifest.length === 0) return { sql: "main.candles", values: [] };
  const stored = `SELECT exchange, symbol, "interval", open_time FROM main.candles`;
  const archived = `SELECT ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, time FROM read_parquet(?, hive_partitioning = false)`;
  return {
    // A bar may stand in both, if it was imported again.
    sql: `(${[stored, ...manifest.map(() => archived)].join(" UNION ")})`,
    values: manifest.flatMap((file) => [
      file.exchange,
      file.symbol,
      file.interval,
      readable(checkedArchivePath(path, file)),
    ]),
  };
}

/**
 * A FROM clause of all bars, stored or archived, under the same condition as {@link allTimes}. A bar that stands in
 * several places counts where reading takes it from: the database, then the file that was listed last.
 */
export async function allBars({ connection, path, readable }: Store): Promise<Statement> {
  const manifest = await readManifest(connection);
  if (manifest.length === 0) return { sql: "main.candles", values: [] };
  const key = `exchange, symbol, "interval", open_time`;
  const stored = `SELECT ${key}, open, high, low, close, volume, ${manifest.length} AS place FROM main.candles`;
  const archived = manifest.map(
    (_, place) => `SELECT ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, time, ${prices()}, ${place}
      FROM read_parquet(?, hive_partitioning = false)`,
  );
  const all = [stored, ...archived].join(" UNION ALL ");
  const ranked = `SELECT *, system.main.rank() OVER (PARTITION BY ${key} ORDER BY place DESC) AS place_rank FROM (${all}) AS places`;
  return {
    sql: `(SELECT ${key}, open, high, low, close, volume FROM (${ranked}) AS ranked WHERE place_rank = 1)`,
    values: manifest.flatMap((file) => [
      file.exchange,
      file.symbol,
      file.interval,
      readable(checkedArchivePath(path, file)),
    ]),
  };
}

/** Archives keep na as null. */
function prices(): string {
  return VALUE_COLUMNS.map((name) => `coalesce("${name}", 'nan'::DOUBLE)`).join(", ");
}
