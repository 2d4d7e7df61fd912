import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fail } from "../../diagnostics/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import { partitionFolders } from "../archive/layout.ts";
import type { ArchiveFile } from "../archive/manifest.ts";
import type { DuckDBConnection } from "../duckdb.ts";
import { openParquet } from "./parquet-relation.ts";
import type { Segment } from "./segment.ts";

/** Where a file of a database's archive lies. */
export function archivePath(database: string, file: ArchiveFile): string {
  const home = dirname(realpathSync(database));
  return join(resolve(home, file.folder), ...partitionFolders(file), file.name);
}

/** The rows of an archive file; fails where it is missing or not the one that was written. */
export async function archiveSegment(
  connection: DuckDBConnection,
  database: string,
  file: ArchiveFile,
): Promise<Segment> {
  const path = archivePath(database, file);
  if (!existsSync(path)) {
    const series = `${file.exchange} ${file.symbol} ${file.interval}`;
    fail("archive_missing", { path, series, from: isoTime(file.from), to: isoTime(file.to) });
  }
  const { size } = statSync(path);
  if (size !== file.bytes) {
    fail("archive_damaged", { path, reason: `${size} bytes in place of ${file.bytes}` });
  }
  const bars = await openParquet(connection, path);
  if (bars.claimed !== file.rows) {
    fail("archive_damaged", { path, reason: `${bars.claimed} rows in place of ${file.rows}` });
  }
  return { ...bars, where: { sql: "", values: [] } };
}
