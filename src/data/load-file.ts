import { resolve } from "node:path";
import { fail, SwymcError } from "../diagnostics/index.ts";
import { readBars } from "./bars-sql.ts";
import { matchColumns, type Roles } from "./column-names.ts";
import { timeSql } from "./column-sql.ts";
import { type CsvHead, readCsvHead } from "./csv-head.ts";
import { csvRowNames } from "./csv-lines.ts";
import type { AvailableSeries, Dataset } from "./dataset.ts";
import { type DuckDBConnection, rows, withFileReader } from "./duckdb.ts";
import { finishDataset, type NameRow, numberedRow } from "./finish.ts";
import { type LoadOptions, MAX_BARS } from "./options.ts";
import { describeRelation, named, type Relation, sampleText } from "./relation.ts";
import { findSeries, seriesCondition } from "./series.ts";
import { KEYS } from "./series-text.ts";
import type { SourceFile } from "./source-kind.ts";
import type { TimeWindow } from "./time-range.ts";

/** Everything that reading a file through DuckDB has found out before it reads the bars. */
interface OpenFile {
  readonly relation: Relation;
  readonly head: CsvHead | null;
  /** Rows that the file claims or is likely to have; only to size memory. */
  readonly expected: number;
}

/** Reads bars from a CSV (plain or gzipped) or Parquet file. */
export function loadFile(
  file: SourceFile,
  options: LoadOptions,
  window: TimeWindow,
): Promise<Dataset> {
  return withFileReader((connection) => load(connection, file, options, window)).catch((cause) =>
    rethrowSource(file.path, cause),
  );
}

async function load(
  connection: DuckDBConnection,
  file: SourceFile,
  options: LoadOptions,
  window: TimeWindow,
): Promise<Dataset> {
  const limit = options.maxBars ?? MAX_BARS;
  const { relation, head, expected } =
    file.kind === "parquet" ? await openParquet(connection, file, limit) : openCsv(file);
  const names = relation.columns.map((column) => column.name);
  const roles = matchColumns(names, options.timeColumn);
  const sample = await sampleText(connection, relation, roles.time);
  const time = timeSql(relation.columns[roles.time], roles.time, sample, options);
  const found = await findSeries(connection, relation, roles, time, options, file.path);
  if ("none" in found) return found.none;
  const { origin, series } = found;
  const where = seriesCondition(series, roles);
  const size = { expected: series?.bars ?? expected, limit };
  const raw = await readBars(connection, relation, roles, time, where, size);
  return finishDataset(raw, origin, options, window, rowNames(file, head, series, roles));
}

function openCsv(file: SourceFile): OpenFile {
  const head = readCsvHead(file);
  const columns = head.names.map((name) => ({ name, kind: "text", type: "VARCHAR" }) as const);
  const types = columns.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  const sql = `read_csv(?, auto_detect = false, header = ${head.header}, delim = '${head.delimiter}',
    quote = '"', escape = '"', columns = {${types}}, hive_partitioning = false, skip = ${head.skip},
    compression = '${file.kind === "csv_gz" ? "gzip" : "none"}')`;
  const relation = named({ sql, values: [literalPath(file.path)] }, columns);
  return { relation, head, expected: Math.ceil(file.bytes / 40) };
}

export async function openParquet(
  connection: DuckDBConnection,
  file: SourceFile,
  limit: number,
): Promise<OpenFile> {
  const values = [literalPath(file.path)];
  const counted = await rows(connection, {
    sql: "SELECT num_rows FROM parquet_file_metadata(?)",
    values,
  });
  const claimed = Number(counted[0][0]);
  if (claimed > limit || claimed < 0) fail("too_many_bars", { bars: claimed, limit });
  const sql = "read_parquet(?, hive_partitioning = false)";
  const relation = await describeRelation(connection, { sql, values });
  // A file of a few hundred bytes can claim any number of rows; real ones take a byte each or more.
  return { relation, head: null, expected: Math.min(claimed, Math.max(file.bytes, 65_536)) };
}

/** An absolute path in which no character is a wildcard to DuckDB. */
function literalPath(path: string): string {
  return resolve(path).replace(/[*?[]/g, "[$&]");
}

function rowNames(
  file: SourceFile,
  head: CsvHead | null,
  series: AvailableSeries | null,
  roles: Roles,
): NameRow {
  if (head === null) return numberedRow;
  const used = KEYS.filter((key) => roles[key] !== undefined);
  const keep =
    series === null
      ? null
      : (cells: readonly string[]) =>
          used.every((key) => (cells[roles[key] as number] || null) === series[key]);
  return csvRowNames(file, head, keep);
}

/** DuckDB's errors about the content of a file as our own, in its own words. */
export function rethrowSource(path: string, cause: unknown): never {
  if (cause instanceof SwymcError || !(cause instanceof Error)) throw cause;
  const line = /CSV Error on Line: (\d+)/.exec(cause.message);
  if (line !== null) {
    const [, row = "", reason = "not as the header says"] =
      /Original Line: ?(.*)\n(.*)/.exec(cause.message) ?? [];
    fail("csv_malformed", { path, line: Number(line[1]), reason: reason.trim(), row });
  }
  if (/strptime|format specifier/i.test(cause.message)) {
    fail("load_option", {
      option: "--time-format",
      value: cause.message.split("\n")[0],
      expected: "a strptime pattern",
    });
  }
  return fail("read_failed", { path, reason: cause.message.split("\n")[0] });
}
