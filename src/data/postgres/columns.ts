import { fail } from "../../diagnostics/index.ts";
import type { TimeUnit } from "../options.ts";
import { inferUnit } from "../time-values.ts";
import type { Postgres } from "./connect.ts";
import { type PostgresColumn, type PostgresTable, quoteName } from "./table.ts";

const NUMBERS = ["double precision", "real", "numeric", "smallint", "integer", "bigint"];
const TEXTS = ["text", "character varying", "character", "name", "uuid"];

/** How a time column is read and compared. */
export interface TimeColumn {
  /** The time as a timestamp in UTC. */
  readonly sql: string;
  /** A moment in epoch ms, given as a setting of the transaction, in the column's own type: indexes serve. */
  readonly moment: (setting: string) => string;
  /** The column itself, to sort by. */
  readonly column: string;
}

/** A number as float64, na where it is null. */
export function numberSql({ name: table }: PostgresTable, column: PostgresColumn): string {
  if (!NUMBERS.includes(column.type)) {
    wrongType(table, column, "a number");
  }
  return `${quoteName(column.name)}::float8`;
}

/** A name as text. */
export function textSql({ name: table }: PostgresTable, column: PostgresColumn): string {
  const { name, type } = column;
  // The labels of an enumeration are text too; its type has a name of its own.
  const plain =
    TEXTS.includes(type) || !/^(bytea|json|jsonb|boolean|timestamp|date|time)/.test(type);
  if (!plain) wrongType(table, column, "text");
  return `${quoteName(name)}::text`;
}

/** A time column: timestamps and dates, or epoch numbers whose size or `timeUnit` tells the unit. */
export async function timeColumn(
  { query }: Postgres,
  table: PostgresTable,
  column: PostgresColumn,
  options: { readonly timeUnit?: TimeUnit | undefined; readonly timezone?: string | undefined },
): Promise<TimeColumn> {
  const name = quoteName(column.name);
  switch (column.type) {
    case "timestamp with time zone":
      return { sql: `(${name} AT TIME ZONE 'UTC')`, moment: timestamptz, column: name };
    case "timestamp without time zone":
    case "date": {
      if (options.timezone === undefined) {
        const moment = (setting: string) => `(${timestamptz(setting)} AT TIME ZONE 'UTC')`;
        return { sql: `${name}::timestamp`, moment, column: name };
      }
      // Bound by the caller, like every value.
      const zone = "current_setting('swymc.timezone')";
      const moment = (setting: string) => `(${timestamptz(setting)} AT TIME ZONE ${zone})`;
      const sql = `((${name}::timestamp AT TIME ZONE ${zone}) AT TIME ZONE 'UTC')`;
      return { sql, moment, column: name };
    }
  }
  if (!NUMBERS.includes(column.type))
    return wrongType(table.name, column, "a timestamp or a number");
  const unit = options.timeUnit ?? (await unitOf(query, table, name));
  const perSecond = { s: "1", ms: "1000", us: "1000000", ns: "1000000000" }[unit];
  return {
    sql: `(to_timestamp(${name}::float8 / ${perSecond}) AT TIME ZONE 'UTC')`,
    moment: (setting) => `(${setting}::numeric * ${perSecond} / 1000)`,
    column: name,
  };
}

function timestamptz(setting: string): string {
  return `to_timestamp(${setting}::float8 / 1000)`;
}

async function unitOf(
  query: Postgres["query"],
  table: PostgresTable,
  name: string,
): Promise<TimeUnit> {
  const [first] = await query(
    `SELECT ${name}::float8 FROM ${table.sql} WHERE ${name} IS NOT NULL LIMIT 1`,
  );
  return first === undefined ? "ms" : inferUnit(Number(first[0]));
}

function wrongType(table: string, { name, type }: PostgresColumn, expected: string): never {
  return fail("postgres_column_type", { table, column: name, type, expected });
}
