import { matchColumns } from "../column-names.ts";
import { COLLECTOR_TABLES } from "../import/collector-tables.ts";
import { holdsOf, mapped, ticksAt } from "../import/formats/database-table.ts";
import type { ImportOptions } from "../import/options.ts";
import { numberSql, type TimeColumn, textSql, timeColumn } from "./columns.ts";
import type { Postgres } from "./connect.ts";
import { type PostgresTable, quoteName } from "./table.ts";

export const NAME_ROLES = ["exchange", "product", "mode", "symbol", "interval"] as const;
export type NameRole = (typeof NAME_ROLES)[number];

/** What a table holds, as SQL reads it. */
export interface PostgresLayout {
  readonly table: PostgresTable;
  readonly holds: "bars" | "trades" | "quotes";
  /** Names as text; only those that the table has. */
  readonly names: Readonly<Partial<Record<NameRole, string>>>;
  readonly time: TimeColumn;
  /** Open, high, low, close and volume of bars; price and amount of ticks. Null stands for na. */
  readonly numbers: readonly string[];
  /** What keeps rows of one moment in the order in which they came; empty where nothing does. */
  readonly order: string;
  /** Put behind the exchange. */
  readonly suffix: string;
  readonly withoutVolume: boolean;
}

const INTERVAL_COLUMN = "interval_name";

/** Finds out what a table holds, and in which of its columns. */
export async function layoutOf(
  postgres: Postgres,
  table: PostgresTable,
  options: ImportOptions,
): Promise<PostgresLayout> {
  const named = mapped(table, options, `${postgres.server} ${table.name}`);
  // A collector's word for it here: `interval` is a keyword of PostgreSQL.
  const names = named.map((name) =>
    name === INTERVAL_COLUMN && !named.includes("interval") ? "interval" : name,
  );
  const collector = COLLECTOR_TABLES.find(({ name }) => name === table.name);
  const holds = collector?.holds ?? holdsOf(names, table.name);
  const at: Readonly<Record<string, number | undefined>> =
    holds === "bars" ? matchColumns(names, options.timeColumn) : ticksAt(names, holds);
  const column = (role: string) => table.columns[Number(at[role])];
  const number = (role: string) =>
    at[role] === undefined ? "NULL::float8" : numberSql(table, column(role));
  const present = NAME_ROLES.filter((role) => at[role] !== undefined);
  const time = await timeColumn(postgres, table, column("time"), options);
  const numbers = {
    bars: () => ["open", "high", "low", "close", "volume"].map(number),
    trades: () => [number("price"), number("amount")],
    quotes: () => [`((${number("bid")} + ${number("ask")}) / 2)`, "NULL::float8"],
  }[holds]();
  const id = collector?.id;
  const hasId = id !== undefined && table.columns.some(({ name }) => name === id);
  return {
    table,
    holds,
    names: Object.fromEntries(present.map((role) => [role, textSql(table, column(role))])),
    time,
    numbers,
    order: hasId ? quoteName(id) : table.stored ? "ctid" : "",
    suffix: collector?.suffix ?? "",
    withoutVolume: holds === "bars" && at["volume"] === undefined,
  };
}
