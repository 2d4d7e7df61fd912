import { VALUE_COLUMNS } from "./schema.ts";

/** The bar of a row as a text, in SQL: its time and values. */
export function barText(table: string): string {
  const time = `coalesce(system.main.strftime(${table}.open_time, '%Y-%m-%dT%H:%M:%S.%gZ'), 'no time')`;
  const values = VALUE_COLUMNS.map(
    (name) => `' ${name} ' || coalesce(${table}."${name}"::VARCHAR, 'na')`,
  );
  return `(${[time, ...values].join(" || ")})`;
}
