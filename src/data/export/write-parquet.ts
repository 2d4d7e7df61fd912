import type { DuckDBConnection } from "../duckdb.ts";
import { duckdb } from "../duckdb-package.ts";
import { openFileReader } from "../read/reader.ts";
import { fileColumns, type NamedColumns } from "./named-columns.ts";

/**
 * Writes series one behind the other into a Parquet file: `time` as TIMESTAMP (UTC), numbers as DOUBLE with na as null,
 * then the names of the series. The columns are handed to DuckDB in place, a chunk at a time.
 */
export async function writeParquet(path: string, all: readonly NamedColumns[]): Promise<void> {
  const { connection, close } = await openFileReader();
  try {
    const { names, numbers } = fileColumns(all);
    await offer(connection, all, numbers);
    const [time, ...values] = numbers;
    const list = [
      `make_timestamp((c0 * 1000)::BIGINT) AS ${quoted(time)}`,
      ...values.map(
        (name, k) => `CASE WHEN isnan(c${k + 1}) THEN NULL ELSE c${k + 1} END AS ${quoted(name)}`,
      ),
      // The path is the first value that a COPY binds, so the names follow it.
      ...names.map(
        (name, k) => `list_extract($${k + 2}::VARCHAR[], series::INTEGER + 1) AS ${quoted(name)}`,
      ),
    ];
    const { listValue } = duckdb();
    await connection.run(
      `COPY (SELECT ${list.join(", ")} FROM offered_columns()) TO $1 (FORMAT parquet, COMPRESSION zstd)`,
      [path, ...names.map((name) => listValue(all.map((series) => series[name])))],
    );
  } finally {
    close();
  }
}

/** Lets a connection select from columns in memory: `series` (a position in the list), c0, c1, … */
async function offer(
  connection: DuckDBConnection,
  all: readonly NamedColumns[],
  names: readonly string[],
): Promise<void> {
  const { DOUBLE, DuckDBTableFunction, DuckDBVector } = duckdb();
  const size = DuckDBVector.standardSize();
  const missing = new Float64Array(size).fill(Number.NaN);
  let series = 0;
  let row = 0;
  connection.registerTableFunction(
    DuckDBTableFunction.create({
      name: "offered_columns",
      bindFunction: (bind) => {
        bind.addResultColumn("series", DOUBLE);
        for (let k = 0; k < names.length; k++) bind.addResultColumn(`c${k}`, DOUBLE);
      },
      initFunction: (init) => init.setMaxThreads(1),
      mainFunction: (_info, chunk) => {
        while (series < all.length && row >= all[series].columns.time.length) {
          series++;
          row = 0;
        }
        const columns = all[series]?.columns;
        const count = columns === undefined ? 0 : Math.min(size, columns.time.length - row);
        chunk.rowCount = count;
        if (columns === undefined) return;
        chunk.setColumnValues(0, new Array<number>(count).fill(series));
        for (const [k, name] of names.entries()) {
          const values = columns[name]?.subarray(row, row + count) ?? missing.subarray(0, count);
          chunk.setColumnValues(k + 1, values as unknown as readonly number[]);
        }
        row += count;
      },
    }),
  );
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
