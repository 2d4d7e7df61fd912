import { type DuckDBConnection, rows } from "../duckdb.ts";
import { besideFindings } from "./beside.ts";
import type { Calendar } from "./calendar.ts";
import { ANY_ROW_FAULT, ROW_FAULTS } from "./fault-sql.ts";
import type { SeriesName } from "./names.ts";
import { inOrder } from "./order.ts";
import { type FaultName, SEVERITY } from "./severity.ts";
import { NAMED, STAGED } from "./staging.ts";
import { type Finding, tally } from "./tally.ts";

/** The staged rows that can be stored, and everything that is wrong with them and the others. */
export interface Judgement {
  /** A relation of the rows to store, in order of time within each series, with their `position` from 0. */
  readonly clean: string;
  readonly rows: number;
  readonly findings: readonly Finding[];
  /** Whether the source was newest first. */
  readonly newestFirst: boolean;
}

/**
 * Finds every fault of the staged rows: each row by itself; then the order of time; then each row beside the one
 * before it. Rows that no reader could use are left out from the second step on.
 */
export async function judgeStaged(
  connection: DuckDBConnection,
  series: readonly SeriesName[],
  calendar: Calendar,
): Promise<Judgement> {
  const [[count, faulty]] = await numbers(
    connection,
    `SELECT system.main.count(*), system.main.count(*) FILTER (${ANY_ROW_FAULT}) FROM ${STAGED}`,
  );
  const alone = faulty === 0 ? [] : await tally(connection, NAMED, ROW_FAULTS);
  const out = alone
    .map(({ fault }) => fault)
    .filter((name) => SEVERITY[name].admitted === "dropped");
  const order = await inOrder(
    connection,
    series,
    out.map((name) => ROW_FAULTS[name]),
  );
  const beside = await besideFindings(connection, order.clean, series, calendar);
  return {
    clean: order.clean,
    rows: count,
    findings: [
      ...(count === 0 ? [{ fault: "no_rows", count: 1, first: [] } as const] : []),
      ...alone,
      ...order.findings,
      ...beside,
    ],
    newestFirst: order.newestFirst,
  };
}

/** The faults that are refused and not admitted. */
export function refused(findings: readonly Finding[], allow: readonly FaultName[]): Finding[] {
  return findings.filter(({ fault }) => SEVERITY[fault].refused && !allow.includes(fault));
}

async function numbers(connection: DuckDBConnection, sql: string): Promise<number[][]> {
  return (await rows(connection, { sql, values: [] })).map((row) => row.map(Number));
}
