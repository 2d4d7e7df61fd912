import { loadArrow } from "./arrow-ipc.ts";
import type { Dataset } from "./dataset.ts";
import { loadDatabase } from "./load-database.ts";
import { loadFile } from "./load-file.ts";
import { type BarData, datasetFrom } from "./memory.ts";
import type { LoadOptions } from "./options.ts";
import { isPostgresUrl } from "./postgres/connect.ts";
import { identify } from "./source-kind.ts";
import { timeWindow } from "./time-range.ts";

/**
 * Reads one series of bars and checks it:
 *
 *     path → identify → read columns → times to epoch ms → order → window → prices → Dataset
 *
 * `source` is a path to CSV (plain or gzipped), Parquet, Arrow IPC or DuckDB, the address of a PostgreSQL
 * database (postgres://…), or data in memory.
 * Wrong options are errors before the file is opened; faulty files and rows throw a SwymcError
 * with every kind of fault and its first row. No bars, or no such symbol, is a state.
 */
export async function loadDataset(
  source: string | BarData,
  options: LoadOptions = {},
): Promise<Dataset> {
  if (typeof source !== "string") return datasetFrom(source, options);
  const window = timeWindow(options);
  if (isPostgresUrl(source)) {
    const { loadPostgres } = await import("./postgres/load-postgres.ts");
    return loadPostgres(source, options, window);
  }
  const file = identify(source);
  switch (file.kind) {
    case "csv":
    case "csv_gz":
    case "parquet":
      return loadFile(file, options, window);
    case "duckdb":
      return loadDatabase(file, options, window);
    case "arrow":
      return loadArrow(file, options, window);
  }
}
