import { type DuckDBConnection, rows } from "../duckdb.ts";
import { barText } from "./bar-text.ts";
import { besideFindings } from "./beside.ts";
import type { Calendar } from "./calendar.ts";
import { ROW_FAULTS } from "./fault-sql.ts";
import type { SeriesName } from "./names.ts";
import type { Store } from "./open-store.ts";
import { FAULT_NAMES, type FaultName, SEVERITY } from "./severity.ts";
import { storedIntervals } from "./summary.ts";
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
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
  readonly calendar?: Calendar | undefined;
}

/** What is looked for in stored bars, in the order in which it is told. */
export const CHECKED: readonly FaultName[] = FAULT_NAMES.filter((name) => name !== "no_rows");

/** Every fault of the stored bars, or of the series that fit. */
export async function checkStored(
  { connection }: Store,
  options: CheckOptions = {},
): Promise<{ bars: number; faults: StoredFault[] }> {
  const bars = await copyInOrder(connection, options);
  if (bars === 0) return { bars, faults: [] };
  const intervals = await storedIntervals(connection);
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
async function copyInOrder(connection: DuckDBConnection, options: CheckOptions): Promise<number> {
  const wanted = (["exchange", "symbol", "interval"] as const).filter(
    (name) => options[name] !== undefined,
  );
  const where = wanted.map((name) => `AND "${name}" = ?`).join(" ");
  await connection.run(
    `CREATE OR REPLACE TEMPORARY TABLE checking AS
     SELECT system.main.row_number() OVER () - 1 AS position, * FROM
     (SELECT * FROM main.candles WHERE true ${where} ORDER BY exchange, symbol, "interval", open_time)`,
    wanted.map((name) => options[name] as string),
  );
  const [[count]] = await rows(connection, {
    sql: `SELECT system.main.count(*) FROM ${CHECKING}`,
    values: [],
  });
  return Number(count);
}

function repeats(): string {
  return `(SELECT position, system.main.row_number() OVER
    (PARTITION BY exchange, symbol, "interval", open_time ORDER BY position) AS nth FROM ${CHECKING}) AS repeats`;
}

async function barsAt(connection: DuckDBConnection, at: readonly number[]): Promise<string[]> {
  const sql = `SELECT exchange || ' ' || symbol || ' ' || "interval" || ' ' || ${barText("checking")}
    FROM ${CHECKING} AS checking WHERE position IN (SELECT system.main.unnest(?::BIGINT[])) ORDER BY position`;
  const { listValue } = await import("@duckdb/node-api");
  const found = await rows(connection, { sql, values: [listValue(at.map(BigInt))] });
  return found.map(([text]) => String(text));
}
