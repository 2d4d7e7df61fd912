import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fail } from "../../diagnostics/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import type { BarColumns } from "../columns.ts";
import type { AvailableSeries } from "../dataset.ts";
import type { DuckDBConnection } from "../duckdb.ts";
import { replaceFile } from "../export/replace-file.ts";
import { writeParquet } from "../export/write-parquet.ts";
import { openParquet } from "../read/parquet-relation.ts";
import { readSegments } from "../read/read-segments.ts";
import { openFileReader } from "../read/reader.ts";
import { type BarRelation, openRelation, segmentOf, seriesOf } from "../read/relation-source.ts";
import { withStore } from "../store/open-store.ts";
import { archiveFileName, partitionFolders } from "./layout.ts";
import { type ArchiveFile, addToManifest } from "./manifest.ts";

export interface ArchivedSeries {
  readonly exchange: string;
  readonly symbol: string;
  readonly interval: string;
  readonly bars: number;
  readonly from: number;
  readonly to: number;
  readonly files: readonly string[];
}

const ALL = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/**
 * Moves the bars that open before a moment out of a database into Parquet files, a series at a time:
 *
 *     read a year → write, sync, rename → read back and compare → list the files and delete their rows, in one transaction
 *
 * Killed at any moment, a bar is in the database or in a listed file, never in neither; a file that was not listed is not
 * read, and is written again under the same name.
 */
export async function archiveBars(
  database: string,
  folder: string,
  before: number,
  onSeries: (series: ArchivedSeries) => void = () => undefined,
): Promise<ArchivedSeries[]> {
  return withStore(database, {}, async ({ connection }) => {
    const home = dirname(realpathSync(database));
    const root = makeFolder(folder);
    const place = { root, folder: relative(home, root).split(sep).join("/") || "." };
    const stored = await openRelation(connection, { sql: "main.candles", values: [] });
    const done: ArchivedSeries[] = [];
    for (const series of await seriesOf(stored)) {
      if (series.from === null || series.from >= before) continue;
      const files = await writeYears(stored, series, before, place);
      await takeOut(connection, files);
      const archived = summary(files, root);
      onSeries(archived);
      done.push(archived);
    }
    if (done.length === 0) fail("archive_nothing", { source: database, before: isoTime(before) });
    await connection.run("CHECKPOINT");
    return done;
  });
}

function makeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    return realpathSync(resolve(folder));
  } catch (cause) {
    return fail("archive_folder", { path: folder, reason: (cause as Error).message });
  }
}

/** One file for each year that has bars, written and read back. */
async function writeYears(
  stored: BarRelation,
  series: AvailableSeries,
  before: number,
  place: { root: string; folder: string },
): Promise<ArchiveFile[]> {
  const files: ArchiveFile[] = [];
  const key = {
    exchange: String(series.exchange),
    symbol: String(series.symbol),
    interval: String(series.interval),
  };
  const segment = segmentOf(stored, series);
  const first = new Date(series.from!).getUTCFullYear();
  const last = new Date(Math.min(series.to!, before - 1)).getUTCFullYear();
  for (let year = first; year <= last; year++) {
    const span = { from: Date.UTC(year, 0), to: Math.min(Date.UTC(year + 1, 0), before) };
    const columns = await readSegments([segment], span, { source: "candles" });
    if (columns.time.length === 0) continue;
    const name = archiveFileName(columns);
    const directory = join(place.root, ...partitionFolders({ ...key, year }));
    const path = join(directory, name);
    mkdirSync(directory, { recursive: true });
    await replaceFile(path, (temporary) =>
      writeParquet(temporary, [{ exchange: null, symbol: null, interval: null, columns }]),
    );
    await verify(path, columns);
    files.push({
      ...key,
      ...{ folder: place.folder, name, year, from: columns.time[0], to: columns.time.at(-1)! },
      ...{ rows: columns.time.length, bytes: statSync(path).size, sha256: await sha256(path) },
    });
  }
  return files;
}

/** Reads a file back and compares every value, bit by bit save the sign and payload of NaN. */
async function verify(path: string, written: BarColumns): Promise<void> {
  const { connection, close } = await openFileReader();
  try {
    const bars = await openParquet(connection, path);
    const names = Object.keys(written);
    const segment = { ...bars, where: { sql: "", values: [] } };
    const read = await readSegments([segment], ALL, { columns: names, source: path });
    for (const name of names) {
      if (read[name].length !== written[name].length) {
        const reason = `${read[name].length} rows in place of ${written[name].length}`;
        fail("archive_verify", { path, reason });
      }
      const at = read[name].findIndex((value, i) => !Object.is(value, written[name][i]));
      if (at >= 0) {
        fail("archive_verify", { path, reason: `${name} of row ${at + 1} is ${read[name][at]}` });
      }
    }
  } finally {
    close();
  }
}

/** Lists the files and deletes exactly the rows that they hold. */
async function takeOut(connection: DuckDBConnection, files: readonly ArchiveFile[]): Promise<void> {
  await connection.run("BEGIN TRANSACTION");
  try {
    for (const file of files) {
      await addToManifest(connection, file);
      const deleted = await connection.run(
        `DELETE FROM main.candles WHERE exchange = ? AND symbol = ? AND "interval" = ?
          AND open_time >= make_timestamp(?::BIGINT) AND open_time <= make_timestamp(?::BIGINT)`,
        [
          file.exchange,
          file.symbol,
          file.interval,
          BigInt(file.from) * 1000n,
          BigInt(file.to) * 1000n,
        ],
      );
      if (deleted.rowsChanged !== file.rows) {
        const series = `${file.exchange} ${file.symbol} ${file.interval}`;
        fail("archive_changed", { series, expected: file.rows, found: deleted.rowsChanged });
      }
    }
    await connection.run("COMMIT");
  } catch (cause) {
    await connection.run("ROLLBACK").catch(() => undefined);
    throw cause;
  }
}

function summary(files: readonly ArchiveFile[], root: string): ArchivedSeries {
  const [{ exchange, symbol, interval, from }] = files;
  return {
    exchange,
    symbol,
    interval,
    bars: files.reduce((sum, file) => sum + file.rows, 0),
    from,
    to: files.at(-1)!.to,
    files: files.map((file) => join(root, ...partitionFolders(file), file.name)),
  };
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
