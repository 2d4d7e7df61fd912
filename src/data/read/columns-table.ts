import { makeVector, Table, type Vector } from "apache-arrow";
import { timestamps } from "../arrow-table.ts";

/** Columns as an Arrow table over the same buffers; `time` is converted to timestamps. */
export function columnsToTable(columns: Readonly<Record<string, Float64Array>>): Table {
  const vectors: Record<string, Vector> = {};
  for (const [name, values] of Object.entries(columns)) {
    vectors[name] = name === "time" ? timestamps(values) : makeVector(values);
  }
  return new Table(vectors);
}
