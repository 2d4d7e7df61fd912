import {
  Table as ArrowTable,
  DataType,
  type Table,
  tableToIPC,
  vectorFromArray,
} from "apache-arrow";
import { fail } from "../diagnostics/index.ts";
import { type CsvValue, csv } from "../report/index.ts";
import { writeFileWhole } from "./write-file.ts";

/** Table files by their ending. */
const FORMATS: Readonly<Record<string, (table: Table) => string | Uint8Array>> = {
  ".csv": tableCsv,
  ".arrow": (table) => tableToIPC(table, "file"),
};

/** Fails where the ending names no format, before any work is done. */
export function checkTablePath(path: string): void {
  if (formatOf(path) === undefined) {
    fail("unknown_table_format", { path, known: Object.keys(FORMATS) });
  }
}

/** Writes a table in the format of the path's ending. */
export function writeTable(path: string, table: Table): void {
  writeFileWhole(path, FORMATS[formatOf(path)!](table));
}

/** The rows of `table` at `indices`. */
export function takeRows(table: Table, indices: Int32Array): Table {
  const columns = table.schema.fields.map(({ name, type }) => {
    const column = table.getChild(name)!;
    return [
      name,
      vectorFromArray(
        Array.from(indices, (i) => column.get(i)),
        type,
      ),
    ] as const;
  });
  return new ArrowTable(Object.fromEntries(columns));
}

function formatOf(path: string): string | undefined {
  return Object.keys(FORMATS).find((ending) => path.toLowerCase().endsWith(ending));
}

function tableCsv(table: Table): string {
  const columns = table.schema.fields.map(({ name, type }) => {
    const column = table.getChild(name)!;
    return DataType.isTimestamp(type)
      ? (row: number) => isoOrNull(column.get(row))
      : (row: number) => column.get(row) as CsvValue;
  });
  const rows = Array.from({ length: table.numRows }, (_, row) => columns.map((cell) => cell(row)));
  return csv(
    table.schema.fields.map(({ name }) => name),
    rows,
  );
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().replace(".000Z", "Z");
}
