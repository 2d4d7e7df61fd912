import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { DuckDBConnection, Statement } from "./duckdb.ts";

/** Rows of a result at the front of a chunk. */
export interface Rows {
  readonly chunk: DuckDBDataChunk;
  readonly count: number;
}

/**
 * The rows of a result of `width` columns, in order. A result that fails after its first chunk ends, to DuckDB's client, like
 * one that is over (duckdb_fetch_chunk gives null for both), so a last row is asked for that tells them apart.
 */
export async function* wholeStream(
  connection: DuckDBConnection,
  { sql, values }: Statement,
  width: number,
): AsyncGenerator<Rows> {
  const last = [...Array.from({ length: width }, () => "NULL"), "true"].join(", ");
  const marked = `SELECT *, false FROM (${sql}) AS found UNION ALL SELECT ${last}`;
  const result = await connection.stream(marked, [...values]);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) throw await breakOf(connection, { sql, values });
    const atEnd = chunk.getColumnVector(width).getItem(chunk.rowCount - 1) === true;
    yield { chunk, count: chunk.rowCount - (atEnd ? 1 : 0) };
    if (atEnd) return;
  }
}

/** Why a statement broke off: what DuckDB says when every value of it is computed again. */
export async function breakOf(
  connection: DuckDBConnection,
  { sql, values }: Statement,
): Promise<Error> {
  const every = `SELECT system.main.max(system.main.hash(found)) FROM (${sql}) AS found`;
  try {
    await connection.run(every, [...values]);
  } catch (cause) {
    if (cause instanceof Error) return cause;
  }
  return new Error("the rows broke off before their end");
}
