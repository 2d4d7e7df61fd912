import { statSync } from "node:fs";
import { fail } from "../../diagnostics/index.ts";
import type { TableName } from "../options.ts";
import { identify } from "../source-kind.ts";
import { openDatabase } from "./database-source.ts";
import { openFile } from "./file-source.ts";
import { openFolder } from "./folder-source.ts";
import type { BarSource } from "./source.ts";

/** Opens a database, a Parquet file or an archive folder. */
export async function openSource(path: string, table?: TableName): Promise<BarSource> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return openFolder(path);
  const { kind } = identify(path);
  if (kind === "duckdb") return openDatabase(path, table);
  if (kind === "parquet") return openFile(path);
  return fail("dataset_kind", { path, found: kind === "arrow" ? "an Arrow file" : "a CSV file" });
}
