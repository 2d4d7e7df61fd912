import type { Table, Vector } from "apache-arrow";
import { columnNumbers } from "../arrow-numbers.ts";
import { type RawBars, readColumns } from "../arrow-read.ts";
import { columnTexts, type TextColumn } from "../arrow-texts.ts";
import { extraColumns } from "./extra-columns.ts";
import { mapRoles } from "./map-roles.ts";
import type { ImportOptions } from "./options.ts";

/** What a table holds beside bars: the names of each row's series where it has such columns, and further numbers. */
export interface BesideBars {
  readonly names: { readonly [K in "exchange" | "symbol" | "interval"]?: TextColumn };
  readonly extras: Readonly<Record<string, Float64Array>>;
}

/** An Arrow table as an import takes it, its columns told apart as those of CSV and Parquet are. */
export function readForImport(
  table: Table,
  options: Pick<ImportOptions, "map" | "timeColumn" | "timeUnit">,
  path: string,
): { bars: RawBars; beside: BesideBars } {
  const columns = table.schema.fields.map(({ name, type }) => ({
    name: String(name),
    type: String(type) === "Float64" ? "DOUBLE" : String(type),
    kind: "other" as const,
  }));
  const roles = mapRoles(
    columns.map(({ name }) => name),
    options,
  );
  const names: { -readonly [K in keyof BesideBars["names"]]: TextColumn } = {};
  for (const role of ["exchange", "symbol", "interval"] as const) {
    const at = roles[role];
    if (at === undefined) continue;
    names[role] = columnTexts(table.getChildAt(at) as Vector, columns[at].name, table.numRows);
  }
  const extras: Record<string, Float64Array> = {};
  for (const [name, at] of extraColumns(columns, options, path)) {
    extras[name] = columnNumbers(table.getChildAt(at) as Vector, columns[at].name, table.numRows);
  }
  return { bars: readColumns(table, roles, options), beside: { names, extras } };
}
