import { fail } from "../../diagnostics/index.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { MAX_BARS } from "../options.ts";
import { identify } from "../source-kind.ts";
import { literalPath } from "./literal-path.ts";
import { type BarRelation, openRelation } from "./relation-source.ts";

/** A Parquet file as a relation of bars, once it is known to claim no more rows than are allowed. */
export async function openParquet(
  connection: DuckDBConnection,
  path: string,
): Promise<BarRelation & { readonly claimed: number }> {
  const { kind, bytes } = identify(path);
  if (kind !== "parquet") fail("dataset_kind", { path, found: kind });
  const values = [literalPath(path)];
  const sql = "SELECT num_rows FROM parquet_file_metadata(?)";
  const [[count]] = await rows(connection, { sql, values });
  const claimed = Number(count);
  if (claimed > MAX_BARS || claimed < 0) fail("too_many_bars", { bars: claimed, limit: MAX_BARS });
  const clause = { sql: "read_parquet(?, hive_partitioning = false)", values };
  return { ...(await openRelation(connection, clause, bytes)), claimed };
}
