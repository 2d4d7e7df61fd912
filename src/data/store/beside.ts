import { type DuckDBConnection, rows } from "../duckdb.ts";
import type { Calendar } from "./calendar.ts";
import { changeSql, orderFaults, SPIKE_CHANGE, SPIKE_MEDIANS } from "./fault-sql.ts";
import type { SeriesName } from "./names.ts";
import { type Finding, tally } from "./tally.ts";

const SERIES = `exchange, symbol, "interval"`;

/** Faults of rows beside the row before them, of a relation in order of time within each series. */
export async function besideFindings(
  connection: DuckDBConnection,
  clean: string,
  series: readonly SeriesName[],
  calendar: Calendar,
): Promise<Finding[]> {
  if (series.length === 0) return [];
  const relation = besideBefore(clean, series.length === 1);
  const found = await tally(connection, relation, orderFaults(intervalsOf(series), calendar));
  const kept = found.filter(
    ({ fault }) => fault !== "price_spike" && fault !== "interval_too_long",
  );
  if (kept.length < found.length) {
    const [[count]] = await rows(connection, {
      sql: `SELECT system.main.count(*) FROM ${clean}`,
      values: [],
    });
    const short = found.find(({ fault }) => fault === "interval_too_long");
    if (short !== undefined && short.count * 2 > Number(count)) kept.push(short);
    if (found.some(({ fault }) => fault === "price_spike"))
      kept.push(...(await spikes(connection, relation)));
  }
  return kept;
}

/** Rows in order of time, with time and close of the row before them in their series. */
export function besideBefore(clean: string, oneSeries: boolean): string {
  const over = oneSeries ? "()" : `(PARTITION BY ${SERIES} ORDER BY open_time)`;
  return `(SELECT *, system.main.lag(open_time) OVER ${over} AS before_time,
    system.main.lag(close) OVER ${over} AS before_close FROM ${clean}) AS beside`;
}

export function intervalsOf(series: readonly SeriesName[]) {
  return [...new Set(series.map((one) => one.interval))];
}

/** Changes beyond the fixed bound that are also beyond what the series usually does. */
function spikes(connection: DuckDBConnection, relation: string): Promise<Finding[]> {
  const usual = `(SELECT exchange, symbol, "interval",
      coalesce(system.main.median(system.main.abs(close / before_close - 1)), 0) AS usual
    FROM ${relation} WHERE before_close > 0 AND system.main.abs(close / before_close - 1) <= ${SPIKE_CHANGE} GROUP BY ${SERIES}) AS medians`;
  const joined = `(SELECT beside.*, usual FROM ${relation} LEFT JOIN ${usual} USING (${SERIES})) AS compared`;
  const off = changeSql();
  return tally(connection, joined, {
    price_spike: `coalesce(${off} > ${SPIKE_CHANGE} AND ${off} > ${SPIKE_MEDIANS} * coalesce(usual, 0) AND ${off} < 'inf', false)`,
  });
}
