import { fail } from "../diagnostics/index.ts";
import { readSorted } from "./bars-sql.ts";
import { matchColumns } from "./column-names.ts";
import { type TimeExpression, timeSql } from "./column-sql.ts";
import type { Dataset } from "./dataset.ts";
import { type DuckDBConnection, rows, type Statement, withDatabase } from "./duckdb.ts";
import { rowValues } from "./faults.ts";
import { finishDataset } from "./finish.ts";
import { hasArchive, loadArchived } from "./load-archived.ts";
import { type LoadOptions, MAX_BARS, TABLES, type TableName, type TimeUnit } from "./options.ts";
import { describeRelation, type Relation, sampleText } from "./relation.ts";
import { rethrowRead } from "./rethrow-read.ts";
import { findSeries, seriesCondition } from "./series.ts";
import type { SourceFile } from "./source-kind.ts";
import type { TimeWindow } from "./time-range.ts";
import { inferUnit, inUnit } from "./time-values.ts";

/** Reads one series of bars from a DuckDB database, opened read-only and shut off from everything else. */
export function loadDatabase(
  { path }: SourceFile,
  options: LoadOptions,
  window: TimeWindow,
): Promise<Dataset> {
  return withDatabase(path, (connection) => load(connection, path, options, window)).catch(
    (cause) => rethrowRead(path, cause),
  );
}

async function load(
  connection: DuckDBConnection,
  path: string,
  options: LoadOptions,
  window: TimeWindow,
): Promise<Dataset> {
  const table = await findTable(connection, path, options);
  if (table === "candles" && (await hasArchive(connection))) {
    return loadArchived(path, options, window);
  }
  const relation = await describeRelation(connection, { sql: `main.${table}`, values: [] });
  const names = relation.columns.map((column) => column.name);
  const roles = matchColumns(names, options.timeColumn);
  const sample = await sampleText(connection, relation, roles.time);
  const time = timeSql(relation.columns[roles.time], roles.time, sample, options);

  const found = await findSeries(connection, relation, roles, time, options, path);
  if ("none" in found) return found.none;
  const { origin, series } = found;
  const where = seriesCondition(series, roles);
  const unit = time.unit ?? (await unitOf(connection, relation, time, where));
  const range = {
    from: inUnit(window.from, unit),
    to: inUnit(window.to, unit),
    warmup: window.warmupBars,
  };
  const size = { expected: series?.bars ?? 0, limit: options.maxBars ?? MAX_BARS };
  const read = await readSorted(connection, relation, roles, { ...time, unit }, where, range, size);
  return finishDataset(read, origin, options, window, (index, bars) => ({
    where: `table ${table}`,
    row: rowValues(bars, index),
  }));
}

/** The table of bars. A view would run someone else's code, so only stored tables count. */
async function findTable(
  connection: DuckDBConnection,
  path: string,
  options: LoadOptions,
): Promise<TableName> {
  const sql = `SELECT table_name, table_type FROM system.information_schema.tables
    WHERE table_schema = 'main' AND table_catalog = system.main.current_database() ORDER BY table_name`;
  const found = await rows(connection, { sql, values: [] });
  const stored = found.filter((row) => row[1] === "BASE TABLE").map((row) => String(row[0]));
  const fitting = TABLES.filter((name) => stored.includes(name));
  if (options.table !== undefined) {
    const chosen = fitting.find((name) => name === options.table);
    if (chosen !== undefined) return chosen;
  } else if (fitting.length === 1) return fitting[0];
  else if (fitting.length === 2) fail("source_ambiguous", { key: "table", choices: fitting });
  const view = found.find((row) => (TABLES as readonly unknown[]).includes(row[0]));
  if (view !== undefined) return fail("database_view", { path, view: String(view[0]) });
  return fail("database_no_bars", { path, tables: stored });
}

/** The unit of a series' epoch numbers, told by the size of the least of them. */
async function unitOf(
  connection: DuckDBConnection,
  relation: Relation,
  time: TimeExpression,
  where: Statement,
): Promise<TimeUnit> {
  const sql = `SELECT system.main.min(${time.sql}) FROM ${relation.from} WHERE true${where.sql}`;
  const values = [...time.values, ...relation.values, ...where.values];
  const [[least]] = await rows(connection, { sql, values });
  return least === null ? "ms" : inferUnit(Number(least));
}
