import { fail } from "../diagnostics/index.ts";
import type { DuckDBValue } from "./duckdb.ts";
import type { TimeOptions, TimeUnit } from "./options.ts";
import type { Column } from "./relation.ts";

/**
 * Expressions that read a column as DOUBLE. Functions are named with their schema: a macro in a foreign
 * database takes the place of any built-in function that is called by its bare name.
 */
export interface TimeExpression {
  /** Epoch number, NULL where the row has no readable time. */
  readonly sql: string;
  readonly values: readonly DuckDBValue[];
  /** Unit of the number; undefined where its size is to tell it. */
  readonly unit: TimeUnit | undefined;
}

/** A price: NaN where it is missing or not a number. */
export function priceSql(column: Column, at: number): string {
  return orNaN(numberSql(column, at));
}

/** A volume: NaN where it is missing, Infinity where it is something else than a number. */
export function volumeSql(column: Column, at: number): string {
  if (column.kind !== "text") return orNaN(numberSql(column, at));
  const text = `system.main.lower(system.main.trim(coalesce(c${at}::VARCHAR, '')))`;
  // DuckDB makes a join of a long IN, and the rows leave it in another order.
  const missing = `system.main.list_contains(['', 'nan', 'na', 'n/a', 'null', 'none'], ${text})`;
  // Only of a text that is no number is it asked what else it says.
  return `coalesce(${numberSql(column, at)}, CASE WHEN ${missing} THEN 'nan'::DOUBLE ELSE 'inf'::DOUBLE END)`;
}

/**
 * The time column. `sample` is the first text of a text column: it tells whether the column holds
 * epoch numbers, ISO-8601 or something that needs a format.
 */
export function timeSql(
  column: Column,
  at: number,
  sample: string | null,
  { timeUnit, timeFormat }: TimeOptions,
): TimeExpression {
  if (timeFormat !== undefined && column.kind !== "text") {
    return fail("load_option", {
      option: "--time-format",
      value: timeFormat,
      expected: `a time column of text; "${column.name}" is ${column.type}`,
    });
  }
  switch (column.kind) {
    case "time":
      return { sql: `system.main.epoch_us(c${at})::DOUBLE`, values: [], unit: "us" };
    case "number":
    case "decimal":
      return { sql: numberSql(column, at), values: [], unit: timeUnit };
    case "text":
      return textTime(at, sample?.trim() ?? "", timeUnit, timeFormat);
    default:
      return fail("time_type", { column: column.name, type: column.type });
  }
}

export function orNaN(sql: string): string {
  return `coalesce(${sql}, 'nan'::DOUBLE)`;
}

function numberSql(column: Column, at: number): string {
  switch (column.kind) {
    case "number":
      return `c${at}::DOUBLE`;
    // Through text, because DuckDB divides by the power of ten, which rounds twice.
    case "decimal":
      return `c${at}::VARCHAR::DOUBLE`;
    case "text":
      return `try_cast(c${at}::VARCHAR AS DOUBLE)`;
    default:
      return fail("column_type", { column: column.name, type: column.type });
  }
}

const EPOCH = /^\d+(\.\d+)?$/;
const COMPACT_DATE = /^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
const YEAR_FIRST = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d|$)/;
const DAY_OR_MONTH_FIRST = /^\d{1,2}[-/. ](\d{1,2}|\p{L}{3,})[-/. ]\d{2,4}/u;

function textTime(
  at: number,
  sample: string,
  timeUnit: TimeUnit | undefined,
  timeFormat: string | undefined,
): TimeExpression {
  const text = `c${at}::VARCHAR`;
  const format =
    timeFormat ?? (timeUnit === undefined && COMPACT_DATE.test(sample) ? "%Y%m%d" : undefined);
  if (format !== undefined) {
    const sql = `system.main.epoch_us(system.main.try_strptime(system.main.trim(${text}), ?))::DOUBLE`;
    return { sql, values: [format], unit: "us" };
  }
  if (EPOCH.test(sample)) {
    return { sql: `try_cast(${text} AS DOUBLE)`, values: [], unit: timeUnit };
  }
  if (sample === "" || YEAR_FIRST.test(sample)) {
    const sql = `system.main.epoch_us(try_cast(${text} AS TIMESTAMPTZ))::DOUBLE`;
    return { sql, values: [], unit: "us" };
  }
  return fail(DAY_OR_MONTH_FIRST.test(sample) ? "date_ambiguous" : "time_text", { text: sample });
}
