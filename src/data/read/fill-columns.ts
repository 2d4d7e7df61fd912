import { fail } from "../../diagnostics/index.ts";
import { doubleColumns } from "../double-columns.ts";
import type { DuckDBConnection, Statement } from "../duckdb.ts";
import { breakOf } from "../whole-stream.ts";

/** Columns that are being filled, and how many rows they hold. */
export interface Filling {
  /** Null for a column that has had no value yet and need not stay. */
  columns: (Float64Array | null)[];
  length: number;
  capacity: number;
}

/** Room for a number of rows in columns that stay, and in further ones that come into being with their first value. */
export function roomFor(rows: number, width: number, further: number): Filling {
  const columns = Array.from({ length: width + further }, (_, k) =>
    k < width ? new Float64Array(rows) : null,
  );
  return { columns, length: 0, capacity: rows };
}

/**
 * Appends the rows of a result of DOUBLE columns without nulls; fails where they are not as many as were `counted`, because
 * a result that fails in the middle ends like one that is over. With room enough nothing is copied; else the columns
 * grow, up to `limit` rows. The next rows are decoded while these are copied.
 */
export async function appendRows(
  filling: Filling,
  connection: DuckDBConnection,
  statement: Statement,
  { counted, limit }: { counted: number; limit: number },
): Promise<void> {
  const start = filling.length;
  const doubles = doubleColumns(filling.columns.length);
  const result = await connection.stream(statement.sql, [...statement.values]);
  let coming = result.fetchChunk();
  for (;;) {
    const chunk = await coming;
    if (chunk === null || chunk.rowCount === 0) break;
    const count = chunk.rowCount;
    const needed = filling.length + count;
    if (needed > limit) fail("too_many_bars", { bars: needed, limit });
    grow(filling, needed);
    coming = result.fetchChunk();
    for (let k = 0; k < filling.columns.length; k++) {
      appendValues(filling, k, doubles(chunk, k));
    }
    filling.length = needed;
  }
  if (filling.length - start !== counted) throw await breakOf(connection, statement);
}

/** The columns, cut to the rows that came; null for those without a value. */
export function filled({ columns, length, capacity }: Filling): (Float64Array | null)[] {
  return capacity === length ? columns : columns.map((c) => c?.subarray(0, length) ?? null);
}

function appendValues(filling: Filling, k: number, values: Float64Array): void {
  if (filling.columns[k] === null && values.some((value) => !Number.isNaN(value))) {
    filling.columns[k] = new Float64Array(filling.capacity).fill(Number.NaN, 0, filling.length);
  }
  filling.columns[k]?.set(values, filling.length);
}

function grow(filling: Filling, needed: number): void {
  if (needed <= filling.capacity) return;
  const capacity = Math.max(2 * filling.capacity, needed);
  filling.columns = filling.columns.map((column) => {
    if (column === null) return null;
    const longer = new Float64Array(capacity);
    longer.set(column);
    return longer;
  });
  filling.capacity = capacity;
}
