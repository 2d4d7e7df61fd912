import { error } from "./entry.ts";

/** Diagnostics about danfo DataFrames. */
export const danfoDiagnostics = {
  danfo_missing: error<{ reason: string }>(
    ({ reason }) => `danfojs-node cannot be loaded: ${reason}`,
    "Data frames need the package danfojs-node, which swymc does not install by itself.",
    () =>
      "add the overrides of docs/danfo.md to package.json, then npm install danfojs-node@1.2.0; or hand a danfo module to toDanfo",
  ),
  danfo_column_name: error<{ name: string }>(
    ({ name }) => `a DataFrame cannot have a column named "${name}"`,
    "danfo makes each column a property of the DataFrame, and this name is one of its own.",
    () => "rename the column first",
  ),
  danfo_column_type: error<{ name: string; type: string }>(
    ({ name, type }) => `column "${name}" has the type ${type}, which a DataFrame cannot hold`,
    "Numbers, timestamps, dates, booleans and text have a counterpart in danfo; nested types have none.",
    () => "leave the column out, or convert it to numbers or text",
  ),
  danfo_integer: error<{ name: string; row: number; value: string }>(
    ({ name, row, value }) => `column "${name}" row ${row}: ${value} is beyond 2^53`,
    "danfo keeps numbers in float64, which would change this integer.",
    () => "convert the column to text",
  ),
  danfo_frame: error<{ found: string }>(
    ({ found }) => `expected a danfo DataFrame, found ${found}`,
    "A DataFrame is told by its columns, shape and column().",
    () => "for an Arrow table use it as it is; for a Series make a DataFrame of it",
  ),
  danfo_values: error<{ name: string; found: readonly string[] }>(
    ({ name, found }) => `column "${name}" holds ${found.join(" and ")} values`,
    "A column of an Arrow table has one type: numbers, dates, booleans or text.",
    () => "convert the column to one type first",
  ),
};
