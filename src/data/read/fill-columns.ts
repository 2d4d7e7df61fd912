import { fail } from "../../diagnostics/index.ts";
import type { DuckDBConnection, Statement } from "../duckdb.ts";

/** Columns that are being filled, and how many rows they hold. */
export interface Filling {
  columns: Float64Array[];
  length: number;
}

/** Room for a number of rows. */
export function roomFor(rows: number, width: number): Filling {
  return { columns: Array.from({ length: width }, () => new Float64Array(rows)), length: 0 };
}

/**
 * Appends the rows of a result of DOUBLE columns without nulls. With room enough nothing is copied; a source that
 * holds more than it said makes the columns grow, up to `limit` rows.
 */
export async function appendRows(
  filling: Filling,
  connection: DuckDBConnection,
  { sql, values }: Statement,
  limit: number,
): Promise<void> {
  const result = await connection.stream(sql, [...values]);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const { length } = filling;
    const count = chunk.rowCount;
    if (length + count > limit) fail("too_many_bars", { bars: length + count, limit });
    grow(filling, length + count);
    for (let k = 0; k < filling.columns.length; k++) {
      const vector = chunk.getColumnVector(k);
      const column = filling.columns[k];
      for (let i = 0; i < count; i++) column[length + i] = vector.getItem(i) as number;
    }
    filling.length = length + count;
  }
}

/** The columns, cut to the rows that came. */
export function filled({ columns, length }: Filling): Float64Array[] {
  return columns[0].length === length ? columns : columns.map((c) => c.subarray(0, length));
}

function grow(filling: Filling, needed: number): void {
  const capacity = filling.columns[0].length;
  if (needed <= capacity) return;
  const next = Math.max(2 * capacity, needed);
  filling.columns = filling.columns.map((column) => {
    const longer = new Float64Array(next);
    longer.set(column);
    return longer;
  });
}
