import { type Diagnostic, diagnose } from "../../diagnostics/index.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { besideBefore, intervalsOf } from "./beside.ts";
import type { Calendar } from "./calendar.ts";
import { changeSql, missingSql } from "./fault-sql.ts";
import type { Judgement } from "./judge.ts";
import { measuredStep } from "./measure.ts";
import type { SeriesName } from "./names.ts";
import type { RowNames } from "./row-names.ts";
import { SEVERITY } from "./severity.ts";
import type { Finding } from "./tally.ts";

/** What a fault is told with beside its rows. */
export interface FaultContext {
  readonly connection: DuckDBConnection;
  readonly source: string;
  readonly series: readonly SeriesName[];
  readonly calendar: Calendar;
  readonly judgement: Judgement;
  readonly nameRow: RowNames;
}

/** A finding as a diagnostic that names its first row; as severe as an import takes it. */
export async function describeFault(
  { fault, count, first }: Finding,
  admitted: boolean,
  context: FaultContext,
): Promise<Diagnostic> {
  const told = await tell(fault, first[0] ?? 0, count, context);
  const severity = SEVERITY[fault].refused && !admitted ? "error" : "warning";
  return { ...told, severity, file: context.source };
}

async function tell(
  fault: Finding["fault"],
  position: number,
  count: number,
  context: FaultContext,
): Promise<Diagnostic> {
  const { source, series, connection } = context;
  const interval = series.length === 1 ? series[0].interval : "its interval";
  if (fault === "no_rows") return diagnose("no_rows", { source });
  if (fault === "time_gap") return tellGaps(count, position, context);
  if (fault === "interval_too_long") {
    const measured = (await measuredStep(connection)) ?? "less";
    return diagnose("interval_too_long", { interval, measured });
  }
  const at = { ...(await context.nameRow(position)), more: count - 1 };
  switch (fault) {
    case "time_unsorted":
      return diagnose("rows_sorted", at);
    case "time_duplicated":
      return diagnose(fault, { ...at, time: await timeOf(position, context) });
    case "price_not_finite":
    case "price_not_positive":
      return diagnose(fault, { ...at, column: await columnOf(fault, position, context) });
    case "time_misaligned":
      return diagnose(fault, { ...at, interval });
    case "price_spike":
      return diagnose(fault, { ...at, percent: await percentOf(position, context) });
    default:
      return diagnose(fault, at);
  }
}

async function tellGaps(gaps: number, position: number, context: FaultContext) {
  const { judgement, series, calendar } = context;
  const beside = besideBefore(judgement.clean, series.length === 1);
  const missing = missingSql(intervalsOf(series), calendar);
  const [all] = await select(
    context,
    `SELECT system.main.sum(${missing}) FROM ${beside} WHERE ${missing} > 0`,
  );
  const time = (column: string) => `system.main.strftime(${column}, '%Y-%m-%dT%H:%M:%SZ')`;
  const [one] = await select(
    context,
    `SELECT symbol || ' ' || "interval", ${time("before_time")}, ${time("open_time")} FROM ${beside} WHERE position = ${position}`,
  );
  const [name, after, before] = one.map(String);
  const always = calendar === "24x7";
  const told = { series: name, gaps, missing: Number(all[0]), after, before, always };
  return diagnose("time_gap", told);
}

async function timeOf(position: number, context: FaultContext): Promise<string> {
  const [[time]] = await select(
    context,
    `SELECT system.main.strftime(open_time, '%Y-%m-%dT%H:%M:%S.%gZ') FROM temp.main.staged WHERE rowid = ${position}`,
  );
  return String(time);
}

async function columnOf(fault: string, position: number, context: FaultContext): Promise<string> {
  const names = ["open", "high", "low", "close"];
  const wrong = (name: string) =>
    fault === "price_not_finite"
      ? `NOT coalesce(system.main.isfinite(${name}), false)`
      : `${name} <= 0`;
  const [found] = await select(
    context,
    `SELECT ${names.map(wrong).join(", ")} FROM temp.main.staged WHERE rowid = ${position}`,
  );
  return names[found.indexOf(true)] ?? "price";
}

async function percentOf(position: number, context: FaultContext): Promise<number> {
  const beside = besideBefore(context.judgement.clean, context.series.length === 1);
  const [[change]] = await select(
    context,
    `SELECT ${changeSql()} FROM (SELECT * FROM ${beside}) WHERE position = ${position}`,
  );
  return Number((Number(change) * 100).toPrecision(3));
}

function select({ connection }: FaultContext, sql: string) {
  return rows(connection, { sql, values: [] });
}
