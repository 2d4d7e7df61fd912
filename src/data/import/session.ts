import type { DuckDBConnection } from "../duckdb.ts";
import type { ImportOptions } from "./options.ts";

/** What a format works with while it stages one source. */
export interface ImportSession {
  /** A connection to the store; it reads the sources and the files in `scratch`, and no others. */
  readonly connection: DuckDBConnection;
  /** A folder of this import's own, removed at its end; DuckDB can read and write files in it. */
  readonly scratch: string;
  readonly options: ImportOptions;
  /** The path to give to DuckDB for a file, whatever characters its own has. */
  readonly readable: (file: string) => string;
}
