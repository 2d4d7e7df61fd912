import { fail, suggest } from "../../diagnostics/index.ts";
import { allBars } from "../archive/all-times.ts";
import { type DuckDBConnection, rows, type Statement } from "../duckdb.ts";
import { duckdb } from "../duckdb-package.ts";
import { barText } from "./bar-text.ts";
import { besideFindings } from "./beside.ts";
import type { Calendar } from "./calendar.ts";
import { ROW_FAULTS } from "./fault-sql.ts";
import type { SeriesName } from "./names.ts";
import type { Store } from "./open-store.ts";
import { FAULT_NAMES, type FaultName, SEVERITY } from "./severity.ts";
import { type SeriesSummary, storedIntervals, summarise } from "./summary.ts";
import { type Finding, tally } from "./tally.ts";

/** A fault of stored bars. */
export interface StoredFault {
  readonly fault: FaultName;
  readonly meaning: string;
  readonly count: number;
  /** The first rows that have it, in order of series and time. */
  readonly first: readonly string[];
}

export interface CheckOptions {
  readonly exchange?: string | undefined;
  readonly symbols?: readonly string[] | undefined;
  readonly interval?: string | undefined;
  readonly calendar?: Calendar | undefined;
}

/** What is looked for in stored bars, in the order in which it is told. */
export const CHECKED: readonly FaultName[] = FAULT_NAMES.filter((name) => name !== "no_rows");

/** Every fault of the stored and archived bars, or of the series that fit. */
export async function checkStored(
  store: Store,
  options: CheckOptions = {},
): Promise<{ bars: number; faults: StoredFault[] }> {
  const { connection } = store;
  const bars = await copyInOrder(store, options);
  if (bars === 0) return { bars, faults: [] };
  const intervals = await storedIntervals(connection, { sql: CHECKING, values: [] });
  const series = await rows(connection, {
    sql: `SELECT DISTINCT exchange, symbol, "interval" FROM ${CHECKING}`,
    values: [],
  });
  const names = series.map(([exchange, symbol, interval]) => ({ exchange, symbol, interval }));
  const known = names.filter(({ interval }) => (intervals as string[]).includes(String(interval)));
  const findings = [
    ...(await tally(connection, CHECKING, ROW_FAULTS)),
    ...(await tally(connection, repeats(), { time_duplicated: "nth > 1" })),
    ...(await besideFindings(
      connection,
      `(SELECT * FROM ${CHECKING} WHERE "interval" IN (${intervals.map((one) => `'${one}'`).join(", ")}))`,
      known as unknown as SeriesName[],
      options.calendar ?? "24x7",
    )),
  ];
  const order = (one: Finding) => CHECKED.indexOf(one.fault);
  findings.sort((a, b) => order(a) - order(b));
  const faults: StoredFault[] = [];
  for (const { fault, count, first } of findings) {
    const shown = await barsAt(connection, first);
    faults.push({ fault, meaning: SEVERITY[fault].meaning, count, first: shown });
  }
  return { bars, faults };
}

const CHECKING = "temp.main.checking";

/** The rows to check as a temporary table in order, numbered. */
async function copyInOrder(store: Store, options: CheckOptions): Promise<number> {
  const { connection } = store;
  const all = await allBars(store);
  const { sql: where, values } = await selection(store, options);
  await connection.run(
    `CREATE OR REPLACE TEMPORARY TABLE checking AS
     SELECT system.main.row_number() OVER () - 1 AS position, * FROM
     (SELECT * FROM ${all.sql} AS bars WHERE true${where} ORDER BY exchange, symbol, "interval", open_time)`,
    [...all.values, ...values],
  );
  const [[count]] = await rows(connection, {
    sql: `SELECT system.main.count(*) FROM ${CHECKING}`,
    values: [],
  });
  return Number(count);
}

/** The condition that a row is of a series that is asked for. What is asked for has to be there. */
async function selection(store: Store, options: CheckOptions): Promise<Statement> {
  const { exchange, symbols = [], interval } = options;
  const asked = [
    ...(exchange === undefined ? [] : [{ name: "exchange", values: [exchange] }]),
    ...(symbols.length === 0 ? [] : [{ name: "symbol", values: symbols }]),
    ...(interval === undefined ? [] : [{ name: "interval", values: [interval] }]),
  ] as const;
  if (asked.length > 0) await checkThere(store, options);
  return {
    sql: asked.map(({ name, values }) => ` AND "${name}" IN (${values.map(() => "?")})`).join(""),
    values: asked.flatMap(({ values }) => values),
  };
}

async function checkThere(store: Store, { exchange, symbols = [], interval }: CheckOptions) {
  const all = await summarise(store, "24x7");
  for (const symbol of symbols) {
    if (all.some((series) => series.symbol === symbol)) continue;
    const known = [...new Set(all.map((series) => series.symbol))];
    fail("symbol_not_found", { symbol, known, suggestion: suggest(symbol, known) });
  }
  const fits = (series: SeriesSummary) =>
    (exchange ?? series.exchange) === series.exchange &&
    (interval ?? series.interval) === series.interval &&
    (symbols.length === 0 || symbols.includes(series.symbol));
  if (all.some(fits)) return;
  fail("empty_dataset", {
    source: store.path,
    asked: [exchange, ...symbols, interval].filter((name) => name !== undefined).join(" "),
    available: all.map((one) => `${one.exchange} ${one.symbol} ${one.interval}`),
  });
}

function repeats(): string {
  return `(SELECT position, system.main.row_number() OVER
    (PARTITION BY exchange, symbol, "interval", open_time ORDER BY position) AS nth FROM ${CHECKING}) AS repeats`;
}

async function barsAt(connection: DuckDBConnection, at: readonly number[]): Promise<string[]> {
  const sql = `SELECT exchange || ' ' || symbol || ' ' || "interval" || ' ' || ${barText("checking")}
    FROM ${CHECKING} AS checking WHERE position IN (SELECT system.main.unnest(?::BIGINT[])) ORDER BY position`;
  const { listValue } = duckdb();
  const found = await rows(connection, { sql, values: [listValue(at.map(BigInt))] });
  return found.map(([text]) => String(text));
}
