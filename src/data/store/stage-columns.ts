import type { TextColumn } from "../arrow-texts.ts";
import type { DuckDBConnection } from "../duckdb.ts";
import { duckdb } from "../duckdb-package.ts";
import { beginStaging, STAGED_COLUMNS } from "./staging.ts";

/** Bars in memory, to be staged: times in epoch ms (NaN where a row has none), missing values NaN. */
export interface StageColumns {
  readonly exchange?: string | undefined;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
  /** Names row by row, where the source has them; "" is untold. */
  readonly names?: { readonly [K in "exchange" | "symbol" | "interval"]?: TextColumn } | undefined;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** All na where the source has none. */
  readonly volume?: Float64Array | undefined;
  readonly extras?: Readonly<Record<string, Float64Array>> | undefined;
}

const CHUNK = 2048;

/** Fills `staged`, made anew, from columns in memory. */
export async function stageColumns(
  connection: DuckDBConnection,
  columns: StageColumns,
): Promise<void> {
  const extras = Object.entries(columns.extras ?? {});
  await beginStaging(
    connection,
    extras.map(([name]) => name),
  );
  await appendColumns(connection, columns);
}

/** Adds columns in memory to `staged`; extras in the order in which `staged` was begun with them. */
export async function appendColumns(
  connection: DuckDBConnection,
  columns: StageColumns,
): Promise<void> {
  const { DuckDBDataChunk, BIGINT, DOUBLE, TIMESTAMP, VARCHAR, DuckDBTimestampValue } = duckdb();
  const timestampOf = (ms: number) =>
    Math.abs(ms) < 1e14 ? new DuckDBTimestampValue(BigInt(Math.round(ms * 1e3))) : null;
  const kinds = { BIGINT, DOUBLE, TIMESTAMP, VARCHAR };
  const extras = Object.values(columns.extras ?? {});
  const types = [
    ...Object.values(STAGED_COLUMNS).map((type) => kinds[type]),
    ...extras.map(() => DOUBLE),
  ];
  const { time, open, high, low, close, volume } = columns;
  const numbers = [open, high, low, close, volume, ...extras];
  const appender = await connection.createAppender("staged", "main", "temp");
  try {
    const chunk = DuckDBDataChunk.create(types, CHUNK);
    for (let from = 0; from < time.length; from += CHUNK) {
      const to = Math.min(from + CHUNK, time.length);
      const count = to - from;
      chunk.reset();
      chunk.rowCount = count;
      const filled = <T>(value: T) => new Array<T>(count).fill(value);
      chunk.setColumnValues(0, filled(null));
      for (const [k, name] of (["exchange", "symbol", "interval"] as const).entries()) {
        const told = columns.names?.[name];
        const names =
          told && Array.from(told.codes.subarray(from, to), (c) => told.values[c] || null);
        chunk.setColumnValues(1 + k, names ?? filled(columns[name] ?? null));
      }
      chunk.setColumnValues(4, Array.from(time.subarray(from, to), timestampOf));
      numbers.forEach((column, i) => {
        const values =
          column === undefined
            ? filled(Number.NaN)
            : Array.from(column.subarray(from, to), i < 5 ? same : orNull);
        chunk.setColumnValues(5 + i, values);
      });
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

const same = (value: number) => value;
const orNull = (value: number) => (Number.isNaN(value) ? null : value);
