import { readFileSync } from "node:fs";
import {
  type DuckDBConnection,
  fetchColumns,
  withDatabase,
  withFileReader,
} from "../data/duckdb.ts";
import { literalPath } from "../data/read/literal-path.ts";
import type { ResultCells } from "./read-results.ts";
import { formatOf } from "./rows/write-results.ts";

/** Most rows of results that are looked at. */
const MOST_ROWS = 50_000_000;

/** The rows of a file of results, read as columns. */
export interface ResultTable {
  /**
   * Columns as numbers, na where there is none; texts as their places in order. `like`: only rows that have these cells.
   * A column that the file does not have is an error. `trials`: those only, ascending.
   */
  numbers(
    columns: readonly string[],
    like?: ResultCells,
    trials?: readonly number[],
  ): Promise<Float64Array[]>;
  /** Whole rows by their `trial`, in the order asked for. */
  rows(trials: readonly number[]): Promise<ResultCells[]>;
}

/** @param texts columns that hold text */
export function resultTable(path: string, texts: ReadonlySet<string>): ResultTable {
  const format = formatOf(path);
  if (format === ".arrow") return arrowTable(path, texts);
  const relation = RELATIONS[format]!;
  const values = format === ".duckdb" ? [] : [literalPath(path)];
  const open = format === ".duckdb" ? withDatabase.bind(null, path) : withFileReader;
  return databaseTable(open as Open, { relation, values }, texts);
}

type Open = <T>(use: (connection: DuckDBConnection) => Promise<T>) => Promise<T>;

const RELATIONS: Readonly<Record<string, string>> = {
  ".csv": "read_csv(?, all_varchar = true, header = true, delim = ',', quote = '\"')",
  ".parquet": "read_parquet(?, hive_partitioning = false)",
  ".duckdb": "main.trials",
};

function databaseTable(
  open: Open,
  { relation, values }: { relation: string; values: string[] },
  texts: ReadonlySet<string>,
): ResultTable {
  const number = (column: string) =>
    texts.has(column)
      ? `CAST(dense_rank() OVER (ORDER BY ${quoted(column)}) AS DOUBLE)`
      : `coalesce(TRY_CAST(${quoted(column)} AS DOUBLE), 'nan'::DOUBLE)`;
  return {
    numbers: (columns, like = {}, trials) =>
      open((connection) => {
        const names = Object.keys(like);
        const where = [
          ...names.map((name) => `${quoted(name)} IS NOT DISTINCT FROM ?`),
          ...(trials === undefined ? [] : [among(trials)]),
        ].join(" AND ");
        const cells = names.map((name) => like[name] ?? null);
        const sql = `SELECT ${columns.map(number).join(", ")} FROM ${relation}${where && ` WHERE ${where}`} ORDER BY TRY_CAST(trial AS BIGINT)`;
        return fetchColumns(connection, { sql, values: [...values, ...cells] }, columns.length, {
          expected: 4096,
          limit: MOST_ROWS,
        });
      }),
    rows: (trials) =>
      open(async (connection) => {
        if (trials.length === 0) return [];
        const sql = `SELECT * FROM ${relation} WHERE ${among(trials)}`;
        const reader = await connection.runAndReadAll(sql, values);
        const names = reader.columnNames();
        const found = reader.getRowsJS().map((row) => cellsOf(names, row));
        return inOrder(found, trials);
      }),
  };
}

/** Numbers only: nothing of a file stands in it. */
function among(trials: readonly number[]): string {
  return `TRY_CAST(trial AS BIGINT) IN (${trials.map((trial) => Math.trunc(trial)).join(", ")})`;
}

/** The names of columns come out of a file: none of them can end the quotation. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function inOrder(found: readonly ResultCells[], trials: readonly number[]): ResultCells[] {
  const byTrial = new Map(found.map((cells) => [Number(cells["trial"]), cells]));
  return trials.map((trial) => byTrial.get(trial)).filter((cells) => cells !== undefined);
}

function cellsOf(names: readonly string[], values: readonly unknown[]): ResultCells {
  return Object.fromEntries(names.map((name, k) => [name, cellOf(values[k])]));
}

function cellOf(value: unknown): number | string | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  return typeof value === "bigint" ? Number(value) : (value as number | string);
}

function arrowTable(path: string, texts: ReadonlySet<string>): ResultTable {
  const read = async () => {
    const { tableFromIPC } = await import("apache-arrow");
    const table = tableFromIPC(readFileSync(path));
    const names = table.schema.fields.map(({ name }) => name);
    const children = new Map(names.map((name) => [name, table.getChild(name)]));
    const cell = (name: string, row: number) => cellOf(children.get(name)?.get(row));
    return { names, length: table.numRows, cell };
  };
  return {
    async numbers(columns, like = {}, trials) {
      const { length, cell } = await read();
      const wanted = trials === undefined ? null : new Set(trials);
      const same = (row: number) =>
        Object.entries(like).every(([name, value]) => cell(name, row) === value) &&
        (wanted === null || wanted.has(Number(cell("trial", row))));
      const rows = Array.from({ length }, (_, row) => row).filter(same);
      return columns.map((name) => {
        if (!texts.has(name)) {
          return Float64Array.from(rows, (row) => Number(cell(name, row) ?? Number.NaN));
        }
        const words = [...new Set(rows.map((row) => String(cell(name, row))))].sort();
        const places = new Map(words.map((word, place) => [word, place]));
        return Float64Array.from(rows, (row) => places.get(String(cell(name, row)))!);
      });
    },
    async rows(trials) {
      const { names, length, cell } = await read();
      const wanted = new Set(trials);
      const rows = Array.from({ length }, (_, row) => row).filter((row) =>
        wanted.has(Number(cell("trial", row))),
      );
      const found = rows.map((row) =>
        cellsOf(
          names,
          names.map((name) => cell(name, row)),
        ),
      );
      return inOrder(found, trials);
    },
  };
}
