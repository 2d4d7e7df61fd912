import { fail } from "../../../diagnostics/index.ts";
import { matchColumns, normalise, SPELLINGS } from "../../column-names.ts";
import { type DuckDBConnection, rows } from "../../duckdb.ts";
import { describeRelation, type Relation } from "../../relation.ts";
import { COLLECTOR_TABLES } from "../collector-tables.ts";
import { extraColumns, mappedExtras } from "../extra-columns.ts";
import { isExtraRole } from "../map-roles.ts";
import type { ImportOptions } from "../options.ts";

/** The view of sandbox-quant over its trades. It is not run: its bars are made of the trades here. */
export const DERIVED = "derived_kline_1s";
const TRADES = "market_trades";
/** Names of columns of trades and quotes, beside those of times and symbols. */
const TICK_SPELLINGS = {
  time: [...SPELLINGS.time, "event_time", "trade_time", "traded_at"],
  symbol: [...SPELLINGS.symbol, "instrument", "instrument_name", "pair"],
  price: ["price", "px", "p", "trade_price"],
  amount: ["amount", "qty", "quantity", "size", "volume", "q"],
  bid: ["bid", "best_bid"],
  ask: ["ask", "best_ask"],
  mode: SPELLINGS.mode,
  product: SPELLINGS.product,
  exchange: SPELLINGS.exchange,
} as const;

/** Roles that `--map` knows; others are names of further columns. */
export const MAP_ROLES = [...Object.keys(SPELLINGS), ...Object.keys(TICK_SPELLINGS)];

export type TickRole = keyof typeof TICK_SPELLINGS;

/** What a table holds, and in which of its columns. */
export type TableLayout = {
  readonly table: string;
  readonly relation: Relation;
} & (
  | {
      readonly holds: "bars";
      readonly at: Readonly<Record<string, number | undefined>>;
      readonly extras: ReadonlyMap<string, number>;
    }
  | {
      readonly holds: "trades" | "quotes";
      readonly at: Readonly<Partial<Record<TickRole, number>>>;
      readonly suffix: string;
    }
);

/** Finds the table to import. A view would run someone else's code, so only stored tables count. */
export async function chooseTable(
  connection: DuckDBConnection,
  path: string,
  options: ImportOptions,
): Promise<TableLayout> {
  const sql = `SELECT table_name FROM system.information_schema.tables
    WHERE table_schema = 'main' AND table_catalog = system.main.current_database() AND table_type = 'BASE TABLE'
    ORDER BY table_name`;
  const known = (await rows(connection, { sql, values: [] })).map(([name]) => String(name));
  const table = options.table ?? defaultTable(known, path);
  const stored = table === DERIVED && !known.includes(DERIVED) ? "raw_agg_trades" : table;
  if (!known.includes(stored)) return fail("import_table_unknown", { path, table, known });
  const relation = await describeRelation(connection, {
    sql: `main."${stored.replaceAll('"', '""')}"`,
    values: [],
  });
  const names = mapped(relation, options, path);
  const collector = COLLECTOR_TABLES.find(({ name }) => name === stored);
  const holds = collector?.holds ?? holdsOf(names, stored);
  if (holds === "bars") {
    // A collector's further numbers are those of its exchange's klines, which no reader has asked for.
    const extras =
      collector === undefined
        ? extraColumns(relation.columns, options, path, MAP_ROLES)
        : mappedExtras(relation.columns, options, path, MAP_ROLES);
    return { table, relation, holds, at: matchColumns(names), extras };
  }
  refuseExtras(options);
  return { table, relation, holds, at: ticksAt(names, holds), suffix: collector?.suffix ?? "" };
}

/** Bars first; a dataset of nothing but ticks does not say which of them is meant. */
function defaultTable(known: readonly string[], path: string): string {
  const found = ["candles", "raw_klines", TRADES].find((name) => known.includes(name));
  if (found !== undefined) return found;
  if (known.length === 1) return known[0];
  if (known.length === 0) return fail("import_table_unknown", { path, table: "candles", known });
  return fail("import_option_needed", {
    path,
    option: "--table",
    why: `it has the tables ${known.slice(0, 20).join(", ")}`,
  });
}

/** The names of columns with those that `--map` names under their roles, and no others under these. */
export function mapped(
  relation: { readonly columns: readonly { readonly name: string }[] },
  { map = {} }: ImportOptions,
  path: string,
): string[] {
  const names = relation.columns.map(({ name }) => name);
  const roles = new Map<number, string>();
  for (const [role, column] of Object.entries(map)) {
    const at = names.indexOf(column);
    if (at < 0) return fail("map_column_unknown", { role, column, found: names });
    roles.set(at, isExtraRole(role, MAP_ROLES) ? `unused ${at} ${role}` : role);
  }
  if (new Set(roles.values()).size < Object.keys(map).length) {
    fail("import_layout", {
      path,
      format: "table",
      where: "--map",
      problem: "a column has two roles",
    });
  }
  const taken = new Set(roles.values());
  const rival = (name: string) =>
    [...taken].some((role) => spellings(role).includes(normalise(name)));
  return names.map((name, i) => roles.get(i) ?? (rival(name) ? `unused ${i} ${name}` : name));
}

/** Bars that are gathered from ticks have no further columns of a table. */
export function refuseExtras({ map = {} }: ImportOptions): void {
  const role = Object.keys(map).find((one) => !MAP_ROLES.includes(one));
  if (role !== undefined) fail("map_role_unknown", { role, known: MAP_ROLES });
}

function spellings(role: string): readonly string[] {
  const bars: Readonly<Record<string, readonly string[]>> = SPELLINGS;
  const ticks: Readonly<Record<string, readonly string[]>> = TICK_SPELLINGS;
  return [...(bars[role] ?? []), ...(ticks[role] ?? [])];
}

/** Whether a table of such columns holds bars, or ticks to make them of. */
export function holdsOf(names: readonly string[], table: string): "bars" | "trades" | "quotes" {
  const keys = names.map(normalise);
  const has = (role: TickRole) => keys.some((key) => spellings(role).includes(key));
  if (keys.includes("open") || keys.includes("close")) return "bars";
  if (has("bid") && has("ask")) return "quotes";
  return table === TRADES || (has("price") && has("amount")) ? "trades" : "bars";
}

/** The columns of trades or quotes by what they mean. */
export function ticksAt(
  names: readonly string[],
  holds: "trades" | "quotes",
): Partial<Record<TickRole, number>> {
  const keys = names.map(normalise);
  const at: Partial<Record<TickRole, number>> = {};
  for (const [role, accepted] of Object.entries(TICK_SPELLINGS)) {
    // The first spelling wins: a collector's event_time stands before its receive_time.
    const spelling = (accepted as readonly string[]).find((one) => keys.includes(one));
    if (spelling !== undefined) at[role as TickRole] = keys.indexOf(spelling);
  }
  const needed = holds === "trades" ? ["time", "price", "amount"] : ["time", "bid", "ask"];
  for (const role of needed as TickRole[]) {
    if (at[role] === undefined) {
      fail("column_missing", { column: role, found: names, accepted: TICK_SPELLINGS[role] });
    }
  }
  return at;
}
