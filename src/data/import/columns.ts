import { readArrowForImport } from "../arrow-ipc.ts";
import { type CsvHead, readCsvHead } from "../csv-head.ts";
import { csvRowNames } from "../csv-lines.ts";
import { openParquet } from "../load-file.ts";
import { MAX_BARS } from "../options.ts";
import { named, type Relation } from "../relation.ts";
import { identify, type SourceFile } from "../source-kind.ts";
import { stageColumns } from "../store/stage-columns.ts";
import { toEpochMs } from "../time-values.ts";
import type { ImportFormat, ImportSource, Staged } from "./format.ts";
import type { ImportSession } from "./session.ts";
import { stageRelation } from "./stage-relation.ts";

const ENDING = /\.((csv|tsv|txt)(\.gz)?|parquet|pq|arrow|arrows|ipc|feather)$/i;

/** CSV, Parquet and Arrow whose columns have names that are known, or named by `--map`. */
export const columns: ImportFormat = {
  name: "columns",
  title: "CSV, Parquet or Arrow with named columns",
  recognises: ({ name }) => ENDING.test(name),
  async stage(session, source) {
    const file = { ...identify(source.file), path: session.readable(source.file) };
    if (file.kind === "arrow") return stageArrow(session, source, file);
    if (file.kind === "parquet") {
      const { relation } = await openParquet(session.connection, file, MAX_BARS);
      const localTimes = await stageRelation(session, relation, source.path);
      return { format: "columns", localTimes };
    }
    const head = readCsvHead(file);
    const localTimes = await stageRelation(session, csvRelation(file, head), source.path);
    const names = csvRowNames(file, head, null);
    return { format: "columns", localTimes, nameRow: (index) => names(index, undefined as never) };
  },
};

async function stageArrow(
  { connection, options }: ImportSession,
  source: ImportSource,
  file: SourceFile,
): Promise<Staged> {
  const { bars, beside } = await readArrowForImport(file, options, source.path);
  const { time } = toEpochMs(bars.time, bars.unit);
  const { open, high, low, close, volume } = bars;
  const { exchange, symbol, interval } = options;
  const names = { exchange, symbol, interval, names: beside.names };
  const numbers = { time, open, high, low, close, volume, extras: beside.extras };
  await stageColumns(connection, { ...names, ...numbers });
  return { format: "columns" };
}

/** A CSV file as text columns. */
function csvRelation({ path, kind }: SourceFile, head: CsvHead): Relation {
  const columns = head.names.map((name) => ({ name, kind: "text", type: "VARCHAR" }) as const);
  const types = columns.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  const sql = `read_csv(?, auto_detect = false, header = ${head.header}, delim = '${head.delimiter}',
    quote = '"', escape = '"', columns = {${types}}, hive_partitioning = false, skip = ${head.skip},
    compression = '${kind === "csv_gz" ? "gzip" : "none"}')`;
  return named({ sql, values: [path] }, columns);
}
