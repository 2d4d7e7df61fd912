import { existsSync } from "node:fs";
import type { Statement } from "../duckdb.ts";
import { checkedArchivePath } from "../read/archive-segments.ts";
import { openDatabaseReader } from "../read/reader.ts";
import { rethrowStore } from "../store/errors.ts";
import type { Store } from "../store/open-store.ts";
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
