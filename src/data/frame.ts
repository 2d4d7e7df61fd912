import { makeVector, type Table, Table as TableOf, type Vector } from "apache-arrow";
import { type DanfoFrame, fromDanfo } from "../danfo/index.ts";
import { matchColumns } from "./column-names.ts";
import type { TimeOptions } from "./options.ts";
import { parseMoment } from "./time-range.ts";

/** A DataFrame of bars as an Arrow table whose times are numbers: danfo's CSV reader leaves ISO-8601 times as text. */
export function frameTable(frame: DanfoFrame, options: TimeOptions): Table {
  const table = fromDanfo(frame);
  const names = table.schema.fields.map((field) => String(field.name));
  const at = matchColumns(names, options.timeColumn).time;
  const times = table.getChildAt(at) as Vector;
  if (String(times.type) !== "Utf8") return table;
  const ms = Float64Array.from({ length: times.length }, (_, i) => {
    const text: string | null = times.get(i);
    return (text === null ? null : parseMoment(text))?.ms ?? Number.NaN;
  });
  const columns = names.map((name, k) => [name, k === at ? makeVector(ms) : table.getChildAt(k)]);
  return new TableOf(Object.fromEntries(columns) as Record<string, Vector>);
}
