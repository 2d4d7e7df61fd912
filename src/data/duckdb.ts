import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { fail } from "../diagnostics/index.ts";
import { doubleColumns } from "./double-columns.ts";
import { openInstance } from "./instance.ts";
import { wholeStream } from "./whole-stream.ts";

export type { DuckDBConnection, DuckDBValue };

/** A statement: text made of fixed fragments, with every value bound. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly DuckDBValue[];
}

export const NO_EXTENSIONS = {
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false",
};

/** Runs `use` with a DuckDB in memory that can read files and load no extension. */
export function withFileReader<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  return withDuckDB(":memory:", NO_EXTENSIONS, use);
}

/**
 * Runs `use` with a foreign database opened read-only. Files and networks are out of its reach and
 * its settings are locked, because views and macros in it are someone else's code.
 */
export function withDatabase<T>(
  path: string,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const options = { ...NO_EXTENSIONS, access_mode: "READ_ONLY", enable_external_access: "false" };
  return withDuckDB(path, options, use);
}

/** All rows of a small result, as plain values. */
export async function rows(connection: DuckDBConnection, { sql, values }: Statement) {
  const reader = await connection.runAndReadAll(sql, [...values]);
  return reader.getRowsJS();
}

/**
 * The columns of a result of DOUBLE columns without nulls. Arrays grow with the rows that arrive, so
 * that a source that claims more than it holds costs nothing; `expected` only sizes the first ones.
 */
export async function fetchColumns(
  connection: DuckDBConnection,
  { sql, values }: Statement,
  width: number,
  { expected, limit }: { expected: number; limit: number },
): Promise<Float64Array[]> {
  let capacity = Math.max(2048, Math.min(expected, limit));
  let columns: Float64Array[] = Array.from({ length: width }, () => new Float64Array(capacity));
  let length = 0;
  const doubles = doubleColumns(width);
  for await (const { chunk, count } of wholeStream(connection, { sql, values }, width)) {
    if (length + count > limit) fail("too_many_bars", { bars: length + count, limit });
    if (length + count > capacity) {
      capacity = Math.max(capacity * 2, length + count);
      columns = columns.map((column) => resized(column, length, capacity));
    }
    for (let k = 0; k < width; k++) {
      columns[k].set(doubles(chunk, k).subarray(0, count), length);
    }
    length += count;
  }
  return length === capacity ? columns : columns.map((column) => resized(column, length, length));
}

async function withDuckDB<T>(
  path: string,
  options: Record<string, string>,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await openInstance(path, options);
  try {
    const connection = await instance.connect();
    try {
      await connection.run("SET TimeZone = 'UTC'");
      await connection.run("SET lock_configuration = true");
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

function resized(column: Float64Array, length: number, capacity: number): Float64Array {
  const next = new Float64Array(capacity);
  next.set(column.subarray(0, length));
  return next;
}
