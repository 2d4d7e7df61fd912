import { type CsvHead, readCsvHead } from "../csv-head.ts";
import { csvRowNames } from "../csv-lines.ts";

import { named, type Relation } from "../relation.ts";
import { identify, type SourceFile } from "../source-kind.ts";
import type { ImportFormat } from "./format.ts";
import { stageRelation } from "./stage-relation.ts";

/** CSV, Parquet and Arrow whose columns have names that are known, or named by `--map`. */
export const columns: ImportFormat = {
  name: "columns",
  title: "CSV, Parquet or Arrow with named columns",
  recognises: ({ name }) =>
    /\.((csv|tsv|txt)(\.gz)?|parquet|pq|arrow|arrows|ipc|feather)$/i.test(name),
  async stage(session, source) {
    const file = identify(source.file);
    const head = readCsvHead(file);
    const relation = csvRelation(session.readable(source.file), file, head);
    await stageRelation(session, relation);
    return {
      format: "columns",
      nameRow: (index) => csvRowNames(file, head, null)(index, undefined as never),
    };
  },
};

/** A CSV file as text columns. */
export function csvRelation(path: string, { kind }: SourceFile, head: CsvHead): Relation {
  const columns = head.names.map((name) => ({ name, kind: "text", type: "VARCHAR" }) as const);
  const types = columns.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  const sql = `read_csv(?, auto_detect = false, header = ${head.header}, delim = '${head.delimiter}',
    quote = '"', escape = '"', columns = {${types}}, hive_partitioning = false, skip = ${head.skip},
    compression = '${kind === "csv_gz" ? "gzip" : "none"}')`;
  return named({ sql, values: [path] }, columns);
}
