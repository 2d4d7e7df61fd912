import { fail, SwymcError } from "../../diagnostics/index.ts";
import { type ArchiveFile, readManifest } from "../archive/manifest.ts";
import type { AvailableSeries } from "../dataset.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { TABLES, type TableName } from "../options.ts";
import type { SeriesNames } from "../series-text.ts";
import { rethrowStore } from "../store/errors.ts";
import { archiveSegment } from "./archive-segments.ts";
import { mergeSeries } from "./merge-series.ts";
import { once } from "./once.ts";
import { readSegments } from "./read-segments.ts";
import { openDatabaseReader, openFileReader, type Reader } from "./reader.ts";
import { openRelation } from "./relation-source.ts";
import { ALL_TIME, type Segment, type Span } from "./segment.ts";
import { seriesIn } from "./series-in.ts";
import type { BarSource } from "./source.ts";

/** A DuckDB database: our own with its archive, or a collector's. The archive is read through another DuckDB: this one reaches no file. */
export async function openDatabase(path: string, table?: TableName): Promise<BarSource> {
  const readers: Reader[] = [];
  const close = () => {
    for (const reader of readers.splice(0)) reader.close();
  };
  try {
    const database = await openDatabaseReader(path);
    readers.push(database);
    return await databaseSource(path, database.connection, table, readers, close);
  } catch (cause) {
    close();
    if (cause instanceof SwymcError || !(cause instanceof Error)) throw cause;
    return rethrowStore(path, cause);
  }
}

async function databaseSource(
  path: string,
  connection: DuckDBConnection,
  asked: TableName | undefined,
  readers: Reader[],
  close: () => void,
): Promise<BarSource> {
  const table = await findTable(connection, path, asked);
  const stored = await openRelation(connection, { sql: `main.${table}`, values: [] });
  const manifest = table === "candles" ? await readManifest(connection) : [];
  let files: Promise<Reader> | undefined;
  const fileReader = async () => {
    files ??= openFileReader().then((reader) => {
      readers.push(reader);
      return reader;
    });
    return (await files).connection;
  };
  const own = seriesIn(stored);
  const segments = async (series: SeriesNames, span: Span): Promise<Segment[]> => {
    const wanted = manifest.filter(
      (file) => isOf(file, series) && file.from < span.to && file.to >= span.from,
    );
    const archived: Segment[] = [];
    for (const file of wanted) archived.push(await archiveSegment(await fileReader(), path, file));
    return [...archived, own.rowsOf(series)];
  };
  const series = once(async () =>
    listed(await own.list(), manifest, (one) => segments(one, ALL_TIME)),
  );
  const find: BarSource["find"] = async (asked) => (manifest.length > 0 ? null : own.find(asked));
  return { path, keys: stored.roles, series, find, segments, close };
}

/** Stored and archived series; where their ranges meet, bars that stand in both are counted once. */
async function listed(
  stored: readonly AvailableSeries[],
  manifest: readonly ArchiveFile[],
  segments: (series: AvailableSeries) => Promise<Segment[]>,
): Promise<AvailableSeries[]> {
  const archived = manifest.map(({ exchange, symbol, interval, rows, from, to }) => ({
    ...{ exchange, mode: null, product: null, symbol, interval },
    ...{ bars: rows, from, to },
  }));
  const merged = mergeSeries([archived, stored]);
  const all: AvailableSeries[] = [];
  for (const { series, overlaps } of merged) {
    if (!overlaps) all.push(series);
    else {
      const options = { columns: ["time"], source: "archive" };
      const { time } = await readSegments(await segments(series), ALL_TIME, options);
      all.push({ ...series, bars: time.length });
    }
  }
  return all;
}

function isOf(file: ArchiveFile, series: SeriesNames): boolean {
  return (["exchange", "symbol", "interval"] as const).every((key) => file[key] === series[key]);
}

/** The table of bars. A view would run someone else's code, so only stored tables count. */
async function findTable(
  connection: DuckDBConnection,
  path: string,
  asked: TableName | undefined,
): Promise<TableName> {
  const sql = `SELECT table_name, table_type FROM system.information_schema.tables
    WHERE table_schema = 'main' AND table_catalog = system.main.current_database() ORDER BY table_name`;
  const found = await rows(connection, { sql, values: [] });
  const stored = found.filter((row) => row[1] === "BASE TABLE").map((row) => String(row[0]));
  const fitting = TABLES.filter((name) => stored.includes(name));
  if (fitting.length === 1) return fitting[0];
  if (fitting.length === 2) {
    return asked ?? fail("source_ambiguous", { key: "table", choices: fitting });
  }
  const view = found.find((row) => (TABLES as readonly unknown[]).includes(row[0]));
  if (view !== undefined) return fail("database_view", { path, view: String(view[0]) });
  return fail("database_no_bars", { path, tables: stored });
}
