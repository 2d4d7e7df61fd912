import { fail } from "../../diagnostics/index.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { isArchiveFileName, type SeriesKey } from "./layout.ts";

/**
 * What a database knows of its archive: one row per Parquet file, written in the transaction that deletes the
 * file's rows. A file that is not listed here is not part of the dataset.
 */
export interface ArchiveFile extends SeriesKey {
  /** The archive's folder relative to the database's own, with `/`. */
  readonly folder: string;
  readonly name: string;
  readonly year: number;
  /** Times of the first and last bar, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256 of the file. */
  readonly sha256: string;
}

const TABLE = `CREATE TABLE IF NOT EXISTS main.archives (
  folder VARCHAR NOT NULL, name VARCHAR NOT NULL, exchange VARCHAR NOT NULL, symbol VARCHAR NOT NULL, "interval" VARCHAR NOT NULL,
  year INTEGER NOT NULL, from_time TIMESTAMP NOT NULL, to_time TIMESTAMP NOT NULL,
  rows BIGINT NOT NULL, bytes BIGINT NOT NULL, sha256 VARCHAR NOT NULL, archived_at TIMESTAMP NOT NULL)`;

/** Lists a file; inside the transaction that takes its rows out of the database. */
export async function addToManifest(
  connection: DuckDBConnection,
  file: ArchiveFile,
): Promise<void> {
  await connection.run(TABLE);
  // A file written again after a crash has the name, and so the place, of the one before.
  await connection.run(
    `DELETE FROM main.archives WHERE folder = ? AND exchange = ? AND symbol = ? AND "interval" = ?
      AND name = ?`,
    [file.folder, file.exchange, file.symbol, file.interval, file.name],
  );
  await connection.run(
    `INSERT INTO main.archives VALUES (?, ?, ?, ?, ?, ?, make_timestamp(?::BIGINT), make_timestamp(?::BIGINT), ?, ?, ?, now()::TIMESTAMP)`,
    [
      file.folder,
      file.name,
      file.exchange,
      file.symbol,
      file.interval,
      file.year,
      micros(file.from),
      micros(file.to),
      BigInt(file.rows),
      BigInt(file.bytes),
      file.sha256,
    ],
  );
}

/** Every file of a database's archive, oldest archive first; none where there is no archive. */
export async function readManifest(connection: DuckDBConnection): Promise<ArchiveFile[]> {
  const table = await rows(connection, {
    sql: `SELECT 1 FROM system.main.duckdb_tables() WHERE database_name = system.main.current_database()
      AND schema_name = 'main' AND table_name = 'archives'`,
    values: [],
  });
  if (table.length === 0) return [];
  const found = await rows(connection, {
    sql: `SELECT folder, name, exchange, symbol, "interval", year, system.main.epoch_ms(from_time), system.main.epoch_ms(to_time),
      rows, bytes, sha256 FROM main.archives ORDER BY archived_at, exchange, symbol, "interval", from_time`,
    values: [],
  });
  return found.map((row) => {
    const [folder, name, exchange, symbol, interval] = row.slice(0, 5).map(String);
    const [year, from, to, count, bytes] = row.slice(5, 10).map(Number);
    if (!isArchiveFileName(name))
      fail("archive_damaged", { path: name, reason: "its name is no file's" });
    return {
      folder,
      name,
      exchange,
      symbol,
      interval,
      year,
      from,
      to,
      rows: count,
      bytes,
      sha256: String(row[10]),
    };
  });
}

function micros(ms: number): bigint {
  return BigInt(ms) * 1000n;
}
