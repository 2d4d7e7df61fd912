import { fail } from "../../diagnostics/index.ts";
import { barClose, periodOpen } from "../bar-period.ts";
import { Aggregate } from "../import/aggregate.ts";
import { COLLECTOR_TABLES, collectorExchange } from "../import/collector-tables.ts";
import type { ImportOptions } from "../import/options.ts";
import { type CommitReport, commitStaged } from "../store/commit.ts";
import type { Store } from "../store/open-store.ts";
import { appendColumns } from "../store/stage-columns.ts";
import { beginStaging } from "../store/staging.ts";
import { type TimeWindow, timeWindow } from "../time-range.ts";
import { type Postgres, withPostgres } from "./connect.ts";
import { copyRows, type Lot } from "./copy.ts";
import { layoutOf, NAME_ROLES, type PostgresLayout } from "./layout.ts";
import { bindSelection } from "./selection.ts";
import { findTable, usualTables } from "./table.ts";

export interface PostgresImportOptions extends ImportOptions {
  readonly symbols?: readonly string[] | undefined;
  readonly from?: string | number | undefined;
  readonly to?: string | number | undefined;
  /** Tables of a collector that are left out, where no table is named. */
  readonly skip?: readonly string[] | undefined;
}

/** Bars gathered from ticks before they are staged; what is held of a table never grows beyond. */
const GATHERED = 100_000;

/**
 * Imports bars, or ticks gathered into bars, of a PostgreSQL database. Rows are streamed in the order of their series,
 * and each series is checked and merged in a transaction of its own.
 */
export async function importPostgres(
  store: Store,
  url: string,
  options: PostgresImportOptions,
  onReport: (report: CommitReport) => void = () => {},
): Promise<CommitReport[]> {
  // Wrong dates are told before anything is opened.
  const window = timeWindow({ from: options.from, to: options.to });
  return withPostgres(url, async (postgres) => {
    const layouts: PostgresLayout[] = [];
    for (const name of await chosenTables(postgres, options)) {
      const layout = await layoutOf(postgres, await findTable(postgres, name), options);
      checkInterval(postgres, layout, options);
      layouts.push(layout);
    }
    const reports: CommitReport[] = [];
    for (const layout of layouts) {
      const asked = withSymbol(layout, options, postgres.server);
      for await (const report of importTable(store, postgres, layout, asked, window)) {
        reports.push(report);
        onReport(report);
      }
    }
    if (reports.length === 0) {
      const asked = [...(options.symbols ?? []), options.symbol, options.interval];
      const named = asked.filter((part) => part !== undefined).join(" ");
      fail("empty_dataset", { source: postgres.server, asked: named, available: [] });
    }
    return reports;
  });
}

/** A table of one symbol does not name it, so that the one asked for is its name. */
function withSymbol(
  { names, table }: PostgresLayout,
  options: PostgresImportOptions,
  path: string,
): PostgresImportOptions {
  const { symbols = [] } = options;
  if (names.symbol !== undefined || symbols.length === 0) return options;
  if (symbols.length === 1) return { ...options, symbol: symbols[0] };
  const why = `${table.name} has no column of symbols, so all its rows are of one`;
  return fail("import_option_needed", { path, option: "--symbol", why });
}

async function chosenTables(
  postgres: Postgres,
  { table, skip = [] }: PostgresImportOptions,
): Promise<string[]> {
  if (table !== undefined) return [table];
  return (await usualTables(postgres)).filter((name) => !skip.includes(name));
}

function checkInterval(
  { server }: Postgres,
  { holds, table }: PostgresLayout,
  { interval }: PostgresImportOptions,
): void {
  if (holds === "bars" || interval !== undefined) return;
  const skip = COLLECTOR_TABLES.find(({ name }) => name === table.name)?.skip;
  const or = skip === undefined ? "" : `; or leave them out with --${skip}`;
  const why = `the ${holds} of ${table.name} are gathered into bars of an interval${or}`;
  fail("import_option_needed", { path: server, option: "--interval", why });
}

/** The names of a series as the table has them; empty where it has none. */
type Names = Readonly<Record<(typeof NAME_ROLES)[number], string>>;

async function* importTable(
  store: Store,
  postgres: Postgres,
  layout: PostgresLayout,
  options: PostgresImportOptions,
  window: Pick<TimeWindow, "from" | "to">,
): AsyncGenerator<CommitReport> {
  const where = await bindSelection(postgres, layout, { ...options, window });
  const names = NAME_ROLES.filter(
    (role) => layout.names[role] !== undefined && (role !== "interval" || layout.holds === "bars"),
  );
  const texts = names.map((role) => `coalesce(${layout.names[role]}, '')`);
  const order = [...texts.map((_, i) => String(i + 1)), layout.time.column, layout.order];
  const query = `SELECT ${[...texts, layout.time.sql, ...layout.numbers].join(", ")} FROM ${layout.table.sql}
    WHERE ${where} ORDER BY ${order.filter((part) => part !== "").join(", ")}`;
  const kinds = [
    ...names.map(() => "text" as const),
    "time" as const,
    ...layout.numbers.map(() => "number" as const),
  ];
  let staging: Staging | undefined;
  for await (const lot of copyRows(postgres, query, kinds)) {
    for (let start = 0; start < lot.rows; ) {
      const end = endOfSeries(lot, start);
      const told = lot.texts.map((column) => column[start]);
      if (staging === undefined || told.some((name, k) => name !== staging?.told[k])) {
        if (staging !== undefined) yield await staging.commit();
        await beginStaging(store.connection);
        staging = new Staging(store, postgres, layout, options, told, names);
      }
      await staging.add(lot, start, end);
      start = end;
    }
  }
  if (staging !== undefined) yield await staging.commit();
}

/** One past the last row of a lot that has the names of the row at `start`. */
function endOfSeries({ texts, rows }: Lot, start: number): number {
  if (texts.every((column) => column[rows - 1] === column[start])) return rows;
  let end = start + 1;
  while (end < rows && texts.every((column) => column[end] === column[start])) end++;
  return end;
}

/** The rows of one series on their way into the store. */
class Staging {
  readonly told: readonly string[];
  readonly #store: Store;
  readonly #layout: PostgresLayout;
  readonly #options: PostgresImportOptions;
  readonly #source: string;
  readonly #names: { exchange?: string; symbol?: string; interval?: string };
  #gathered: Aggregate | undefined;
  #periodEnd = Number.NEGATIVE_INFINITY;

  constructor(
    store: Store,
    { server }: Postgres,
    layout: PostgresLayout,
    options: PostgresImportOptions,
    told: readonly string[],
    roles: readonly (typeof NAME_ROLES)[number][],
  ) {
    this.#store = store;
    this.#layout = layout;
    this.#options = options;
    this.told = told;
    const names = Object.fromEntries(roles.map((role, k) => [role, told[k]])) as Partial<Names>;
    const exchange = exchangeOf(names, layout, options);
    const interval = layout.holds === "bars" ? names.interval : options.interval;
    this.#names = {
      ...(exchange === undefined ? {} : { exchange }),
      ...(names.symbol ? { symbol: names.symbol } : {}),
      ...(interval ? { interval } : {}),
    };
    const shown = told.filter((name) => name !== "").join(" ");
    this.#source = `${server} ${layout.table.name}${shown === "" ? "" : ` ${shown}`}`;
    if (layout.holds !== "bars") this.#gathered = new Aggregate(options.interval!);
  }

  async add({ numbers }: Lot, start: number, end: number): Promise<void> {
    const [micros, ...values] = numbers.map((column) => column.subarray(start, end));
    const time = Float64Array.from(micros, (value) => value / 1e3);
    if (this.#gathered === undefined) {
      const [open, high, low, close, volume] = values;
      const columns = { ...this.#names, time, open, high, low, close, volume };
      await appendColumns(this.#store.connection, columns);
      return;
    }
    const [price, amount] = values;
    for (let i = 0; i < time.length; i++) {
      // Ticks come in the order of time, so that bars are complete once a later one begins.
      if (time[i] >= this.#periodEnd && this.#gathered.size >= GATHERED) await this.#flush();
      this.#gather(time[i], price[i], amount[i]);
    }
  }

  async commit(): Promise<CommitReport> {
    await this.#flush();
    const { onConflict, allow, symbol, interval, exchange } = this.#options;
    const { holds, table, suffix } = this.#layout;
    return commitStaged(this.#store.connection, {
      source: this.#source,
      format: `postgres ${table.name}`,
      exchange: exchange === undefined || holds === "bars" ? exchange : `${exchange}${suffix}`,
      symbol,
      interval,
      onConflict,
      allow,
    });
  }

  #gather(time: number, price: number, amount: number): void {
    if (!Number.isFinite(time)) {
      const problem = "no readable time";
      const { name: format } = this.#layout.table;
      fail("import_layout", { path: this.#source, format, where: "a row", problem });
    }
    const gathered = this.#gathered!;
    if (time >= this.#periodEnd) {
      this.#periodEnd = barClose(periodOpen(time, gathered.interval), gathered.interval);
    }
    gathered.add(this.#names.symbol, { time, price, amount });
  }

  async #flush(): Promise<void> {
    if (this.#gathered === undefined) return;
    await this.#gathered.append(this.#store, this.#names.exchange);
    this.#gathered = new Aggregate(this.#gathered.interval);
  }
}

/** The exchange that a table names, or that product and mode stand for; a flag wins over the latter. */
function exchangeOf(
  names: Partial<Names>,
  { holds, suffix }: PostgresLayout,
  options: PostgresImportOptions,
): string | undefined {
  if (names.exchange) return names.exchange;
  if (options.exchange !== undefined) return undefined;
  const product = names.product || options.product || "";
  const exchange = collectorExchange(product, names.mode);
  return exchange === undefined || holds === "bars" ? exchange : `${exchange}${suffix}`;
}
