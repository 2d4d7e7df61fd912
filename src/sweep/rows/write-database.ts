import type { DuckDBConnection } from "@duckdb/node-api";
import { NO_EXTENSIONS } from "../../data/duckdb.ts";
import { duckdb } from "../../data/duckdb-package.ts";
import { openInstance } from "../../data/instance.ts";
import { openFileReader } from "../../data/read/reader.ts";
import type { ChunkColumn, ResultColumn, RowChunk } from "./columns.ts";

/** Rows that DuckDB holds back and compresses at once: of some fifty columns, a few MB. */
const ROW_GROUP = 16_384;

/** Writes rows as a Parquet file: numbers as DOUBLE with na as null, counts as BIGINT. */
export async function writeParquet(
  path: string,
  columns: readonly ResultColumn[],
  chunks: Iterable<RowChunk>,
  metadata: string,
): Promise<void> {
  const { connection, close } = await openFileReader();
  try {
    const failure = offerRows(connection, columns, chunks);
    await connection
      .run(
        `COPY (SELECT ${selected(columns)} FROM offered_rows()) TO $1
         (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP}, KV_METADATA {swymc: ${literal(metadata)}})`,
        [path],
      )
      .catch(failure);
  } finally {
    close();
  }
}

/** Writes rows as the table `trials` of a new DuckDB database; the table `sweep` holds the metadata. */
export async function writeDatabase(
  path: string,
  columns: readonly ResultColumn[],
  chunks: Iterable<RowChunk>,
  metadata: string,
): Promise<void> {
  const instance = await openInstance(path, { ...NO_EXTENSIONS, threads: "2" });
  try {
    const connection = await instance.connect();
    const failure = offerRows(connection, columns, chunks);
    await connection
      .run(`CREATE TABLE trials AS SELECT ${selected(columns)} FROM offered_rows()`)
      .catch(failure);
    await connection.run("CREATE TABLE sweep (key VARCHAR, value VARCHAR)");
    await connection.run("INSERT INTO sweep VALUES ('swymc', $1)", [metadata]);
    await connection.run("CHECKPOINT");
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}

function selected(columns: readonly ResultColumn[]): string {
  return columns
    .map(({ name, type }, k) => {
      const value = type === "integer" ? `c${k}::BIGINT` : `c${k}`;
      const column =
        type === "text" ? `c${k}` : `CASE WHEN isnan(c${k}) THEN NULL ELSE ${value} END`;
      return `${column} AS ${quoted(name)}`;
    })
    .join(", ");
}

/**
 * Lets a connection select rows that are made while it reads. Returns what to do where the statement fails: an error of
 * ours passes DuckDB as its text only.
 */
export function offerRows(
  connection: DuckDBConnection,
  columns: readonly ResultColumn[],
  chunks: Iterable<RowChunk>,
): (cause: unknown) => never {
  const { DOUBLE, DuckDBTableFunction, DuckDBVector, VARCHAR } = duckdb();
  const size = DuckDBVector.standardSize();
  const iterator = chunks[Symbol.iterator]();
  let chunk: RowChunk | undefined;
  let row = 0;
  let own: unknown;
  const advance = () => {
    while (chunk === undefined || row >= chunk.count) {
      const next = iterator.next();
      if (next.done) return false;
      chunk = next.value;
      row = 0;
    }
    return true;
  };
  connection.registerTableFunction(
    DuckDBTableFunction.create({
      name: "offered_rows",
      bindFunction: (bind) => {
        columns.forEach(({ type }, k) => {
          bind.addResultColumn(`c${k}`, type === "text" ? VARCHAR : DOUBLE);
        });
      },
      initFunction: (init) => init.setMaxThreads(1),
      mainFunction: (_info, out) => {
        try {
          if (!advance()) {
            out.rowCount = 0;
            return;
          }
          const { count, columns: values } = chunk!;
          const taken = Math.min(size, count - row);
          out.rowCount = taken;
          values.forEach((column, k) => {
            out.setColumnValues(k, part(column, row, taken) as never);
          });
          row += taken;
        } catch (error) {
          own = error;
          throw error;
        }
      },
    }),
  );
  return (cause) => {
    throw own ?? cause;
  };
}

function part(column: ChunkColumn, from: number, count: number) {
  if ("numbers" in column) return column.numbers.subarray(from, from + count);
  if ("texts" in column) return column.texts.slice(from, from + count);
  return new Array<string | null>(count).fill(column.text);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL; needed where a statement takes no bound value. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
