import { fail, SwymcError } from "../../../diagnostics/index.ts";
import { orNaN, priceSql, timeSql, volumeSql } from "../../column-sql.ts";
import { type DuckDBConnection, rows, withDatabase } from "../../duckdb.ts";
import type { Relation } from "../../relation.ts";
import { sampleText } from "../../relation.ts";
import { appendColumns } from "../../store/stage-columns.ts";
import { beginStaging } from "../../store/staging.ts";
import { inferUnit } from "../../time-values.ts";
import { wholeStream } from "../../whole-stream.ts";
import { Aggregate } from "../aggregate.ts";
import { collectorExchange } from "../collector-tables.ts";
import type { ImportFormat, ImportSource, Staged } from "../format.ts";
import type { ImportOptions } from "../options.ts";
import type { ImportSession } from "../session.ts";
import { chooseTable, DERIVED, type TableLayout } from "./database-table.ts";

const LOT = 1 << 16;
const MS = { s: "* 1e3", ms: "", us: "/ 1e3", ns: "/ 1e6" };

/**
 * A foreign DuckDB database: datasets of sandbox-quant, trades of swym, other tables by `--map`. It is opened
 * read-only, shut off from files and networks, and none of its views runs.
 */
export const database: ImportFormat = {
  name: "duckdb",
  title: "a table of a DuckDB database",
  recognises: ({ head }) => head.subarray(8, 12).toString("latin1") === "DUCK",
  stage: (session, source) =>
    withDatabase(source.file, (foreign) => stageTable(session, source, foreign)).catch((cause) =>
      rethrow(source.path, cause),
    ),
};

async function stageTable(
  session: ImportSession,
  source: ImportSource,
  foreign: DuckDBConnection,
): Promise<Staged> {
  const layout = await chooseTable(foreign, source.path, session.options);
  const rows = new ForeignRows(foreign, layout, source, session.options);
  const exchange = await rows.exchange();
  if (layout.holds === "bars") await stageBars(session, rows, layout, exchange);
  else await stageTicks(session, rows, layout, exchange);
  return { format: `duckdb ${layout.table}` };
}

async function stageBars(
  session: ImportSession,
  foreign: ForeignRows,
  { at, relation, extras }: TableLayout & { holds: "bars" },
  exchange: string | undefined,
): Promise<void> {
  const further = [...extras.keys()];
  await beginStaging(session.connection, further);
  const { columns } = relation;
  const prices = ["open", "high", "low", "close"].map((role) =>
    priceSql(columns[Number(at[role])], Number(at[role])),
  );
  const volume = at.volume === undefined ? orNaN("NULL") : volumeSql(columns[at.volume], at.volume);
  const own = foreign.text("exchange");
  const more = [...extras.values()].map((at) => priceSql(columns[at], at));
  const lot = Array.from({ length: 6 + more.length }, () => new Float64Array(LOT));
  let names: string[] = [];
  let filled = 0;
  const flush = async () => {
    const [time, open, high, low, close, last, ...others] = lot.map((column) =>
      column.subarray(0, filled),
    );
    const [told, symbol, interval] = names.map((name) => (name === "" ? undefined : name));
    const series = { exchange: told ?? exchange, symbol, interval };
    await appendColumns(session.connection, {
      ...series,
      time,
      open,
      high,
      low,
      close,
      volume: last,
      extras: Object.fromEntries(further.map((name, k) => [name, others[k]])),
    });
    filled = 0;
  };
  const texts = [own, foreign.text("symbol"), foreign.text("interval")];
  for await (const row of foreign.select(texts, [...prices, volume, ...more])) {
    const next = row.slice(0, 3) as string[];
    if (filled === LOT || (filled > 0 && next.some((name, k) => name !== names[k]))) await flush();
    names = next;
    for (let k = 0; k < lot.length; k++) lot[k][filled] = row[3 + k] as number;
    filled++;
  }
  if (filled > 0) await flush();
}

async function stageTicks(
  session: ImportSession,
  foreign: ForeignRows,
  { at, relation, holds, table, suffix }: TableLayout & { holds: "trades" | "quotes" },
  exchange: string | undefined,
): Promise<void> {
  const interval = table === DERIVED ? "1s" : session.options.interval;
  if (interval === undefined) {
    const why = `the ${holds} of ${table} are gathered into bars of an interval`;
    return fail("import_option_needed", { path: foreign.path, option: "--interval", why });
  }
  const number = (role: "price" | "amount" | "bid" | "ask") =>
    priceSql(relation.columns[Number(at[role])], Number(at[role]));
  const price = holds === "trades" ? number("price") : `(${number("bid")} + ${number("ask")}) / 2`;
  const amount = holds === "trades" ? number("amount") : orNaN("NULL");
  const aggregate = new Aggregate(interval);
  let row = 0;
  for await (const [symbol, time, at, size] of foreign.select(
    [foreign.text("symbol")],
    [price, amount],
  )) {
    row++;
    if (!Number.isFinite(time)) {
      const problem = "no readable time";
      fail("import_layout", { path: foreign.path, format: table, where: `row ${row}`, problem });
    }
    aggregate.add(symbol === "" ? undefined : (symbol as string), {
      time: time as number,
      price: at as number,
      amount: size as number,
    });
  }
  await aggregate.stage(session, exchange && `${exchange}${table === DERIVED ? "" : suffix}`);
}

/** The rows of the chosen table that the options select. */
class ForeignRows {
  readonly path: string;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly layout: TableLayout,
    source: ImportSource,
    private readonly options: ImportOptions,
  ) {
    this.path = source.path;
  }

  /** A name as text; empty where there is none. */
  text(role: "exchange" | "symbol" | "interval" | "mode" | "product"): string {
    const at = (this.layout.at as Readonly<Record<string, number | undefined>>)[role];
    return at === undefined ? "''" : `coalesce(c${at}::VARCHAR, '')`;
  }

  /**
   * The exchange that mode and product stand for: `binance_um`, and `binance_um_demo` for what the collector got in
   * a mode other than `real`. Bars of several of them cannot go under one name.
   */
  async exchange(): Promise<string | undefined> {
    const { relation } = this.layout;
    const { sql, values } = this.where();
    const found = await rows(this.connection, {
      sql: `SELECT DISTINCT ${this.text("product")} AS p, ${this.text("mode")} AS m FROM ${relation.from} WHERE ${sql} ORDER BY p, m`,
      values: [...relation.values, ...values],
    });
    for (const [at, option] of (["--product", "--mode"] as const).entries()) {
      const all = [...new Set(found.map((row) => String(row[at])))];
      if (all.length > 1) {
        const why = `it holds bars of ${all.map((name) => JSON.stringify(name)).join(", ")}`;
        fail("import_option_needed", { path: this.path, option, why });
      }
    }
    if (found.length === 0 || this.options.exchange !== undefined) return undefined;
    return collectorExchange(
      String(found[0][0]) || this.options.product || "",
      String(found[0][1]),
    );
  }

  /** Selected rows in the order of the table: texts, the time in ms, numbers. */
  async *select(texts: readonly string[], numbers: readonly string[]): AsyncGenerator<unknown[]> {
    const { relation } = this.layout;
    const time = await this.time(relation);
    const { sql, values } = this.where();
    const list = [...texts, orNaN(time.sql), ...numbers].join(", ");
    const width = texts.length + 1 + numbers.length;
    const statement = {
      sql: `SELECT ${list} FROM ${relation.from} WHERE ${sql}`,
      values: [...time.values, ...relation.values, ...values],
    };
    for await (const { chunk, count } of wholeStream(this.connection, statement, width)) {
      const columns = Array.from({ length: width }, (_, k) => chunk.getColumnVector(k));
      for (let i = 0; i < count; i++) yield columns.map((column) => column.getItem(i));
    }
  }

  private async time(relation: Relation) {
    const at = Number(this.layout.at.time);
    const sample = await sampleText(this.connection, relation, at);
    const time = timeSql(relation.columns[at], at, sample, this.options);
    const unit = time.unit ?? (await this.unitOf(relation, time));
    return { sql: `((${time.sql}) ${MS[unit]})`, values: time.values };
  }

  private async unitOf(relation: Relation, time: ReturnType<typeof timeSql>) {
    const sql = `SELECT ${time.sql} AS t FROM ${relation.from} WHERE t IS NOT NULL LIMIT 1`;
    const values = [...time.values, ...relation.values];
    const [first] = await rows(this.connection, { sql, values });
    return first === undefined ? ("ms" as const) : inferUnit(Number(first[0]));
  }

  /** Options select where the table has such a column. */
  private where() {
    const values: string[] = [];
    const parts = (["symbol", "interval", "product", "mode"] as const).flatMap((role) => {
      const at = (this.layout.at as Readonly<Record<string, number | undefined>>)[role];
      const asked = this.options[role];
      if (at === undefined || asked === undefined) return [];
      values.push(asked);
      return [`c${at}::VARCHAR = ?`];
    });
    return { sql: ["true", ...parts].join(" AND "), values };
  }
}

/** DuckDB's errors about a foreign database as our own, in its own words. */
function rethrow(path: string, cause: unknown): never {
  if (cause instanceof SwymcError || !(cause instanceof Error)) throw cause;
  const reason = cause.message.split("\n")[0];
  // Writing the store can fail here too; that is told where the store is.
  if (/no space left|could not write|disk|quota/i.test(reason)) throw cause;
  if (/lock on file|conflicting lock/i.test(reason)) fail("database_locked", { path, reason });
  if (/not a valid DuckDB|version number|corrupt|deserializ|checksum/i.test(reason)) {
    fail("database_invalid", { path, reason });
  }
  return fail("read_failed", { path, reason });
}
