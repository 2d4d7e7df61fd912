import { type CsvHead, type Delimiter, splitCsv } from "../../csv-head.ts";
import { csvRowNames } from "../../csv-lines.ts";
import type { DuckDBValue } from "../../duckdb.ts";
import { named, type Relation } from "../../relation.ts";
import type { SourceFile } from "../../source-kind.ts";
import type { ImportSource, Staged } from "../format.ts";
import type { ImportOptions } from "../options.ts";
import type { ImportSession } from "../session.ts";
import { stageRelation } from "../stage-relation.ts";
import { isGzipped } from "../text.ts";
import type { Told } from "./told.ts";

/** A text file of rows, as its format defines it. */
export interface CsvTable {
  readonly delimiter: Delimiter;
  /** Lines before the first row. */
  readonly skip: number;
  /** Columns of a row of the file: r0, r1, … in {@link CsvTable.select}. */
  readonly width: number;
  /** What to stage, by the names that `matchColumns` knows: expressions over r0, r1, … that yield text. */
  readonly select: readonly (readonly [name: string, expression: string])[];
  /** Values bound in those expressions, in their order. */
  readonly values?: readonly DuckDBValue[];
  readonly told: Told;
  /** Where the format defines how its times are written. */
  readonly timeFormat?: string;
}

/** Stages a text file through DuckDB's CSV reader. */
export async function stageCsv(
  session: ImportSession,
  source: ImportSource,
  format: string,
  table: CsvTable,
): Promise<Staged> {
  const timeFormat = session.options.timeFormat ?? table.timeFormat;
  const options: ImportOptions = { ...session.options, timeFormat };
  const relation = relationOf(session, source, table);
  const localTimes = await stageRelation({ ...session, options }, relation);
  const names = csvRowNames(fileOf(source), headOf(table), null);
  return { format, localTimes, nameRow: (index) => names(index, undefined as never) };
}

/** The cells of the first lines of a text source. */
export function headLines({ head }: ImportSource, count: number): string[] {
  const text = head.toString("utf8").replace(/^\uFEFF/, "");
  return text.split(/\r?\n/, count + 1).slice(0, count);
}

export function headCells(line: string, delimiter: Delimiter): string[] {
  return splitCsv(line, delimiter).map((cell) => cell.trim());
}

function relationOf(session: ImportSession, source: ImportSource, table: CsvTable): Relation {
  const { delimiter, width, skip, select, told } = table;
  const types = Array.from({ length: width }, (_, i) => `'r${i}': 'VARCHAR'`).join(", ");
  const compression = isGzipped(source.file) ? "gzip" : "none";
  const csv = `read_csv(?, auto_detect = false, header = false, skip = ${skip}, delim = '${delimiter}',
    quote = '"', escape = '"', columns = {${types}}, hive_partitioning = false, compression = '${compression}')`;
  const names = Object.entries(told).filter(([, value]) => value !== undefined);
  const list = [...select.map(([, sql]) => sql), ...names.map(() => "?::VARCHAR")].join(", ");
  const values = [
    ...(table.values ?? []),
    ...names.map(([, value]) => value as string),
    session.readable(source.file),
  ];
  const columns = [...select.map(([name]) => name), ...names.map(([name]) => name)].map(
    (name) => ({ name, kind: "text", type: "VARCHAR" }) as const,
  );
  return named({ sql: `(SELECT ${list} FROM ${csv})`, values }, columns);
}

function fileOf({ file }: ImportSource): SourceFile {
  return { path: file, kind: isGzipped(file) ? "csv_gz" : "csv", bytes: 0 };
}

function headOf({ delimiter, skip, select }: CsvTable): CsvHead {
  return { delimiter, names: select.map(([name]) => name), header: skip > 0, skip: 0 };
}
