import type { Interval } from "../../vector/interval.ts";
import { isInterval } from "../../vector/interval.ts";
import { isoTime } from "../../vector/iso-time.ts";
import { rows } from "../duckdb.ts";
import { type Calendar, isOpenSql } from "./calendar.ts";
import type { Store } from "./open-store.ts";
import { byInterval, stepsSql } from "./step-sql.ts";

/** One stored series, as `data list` tells it. */
export interface SeriesSummary {
  readonly exchange: string;
  readonly symbol: string;
  readonly interval: string;
  readonly rows: number;
  readonly from: string;
  readonly to: string;
  /** 100 × stored / expected bars from the first to the last, on the calendar. */
  readonly coverage_pct: number;
  readonly schema_version: number;
}

/** Every stored series with its range and how full it is. */
export async function summarise(
  { connection, version }: Store,
  calendar: Calendar,
): Promise<SeriesSummary[]> {
  const intervals = await storedIntervals(connection);
  if (intervals.length === 0) return [];
  const expected = byInterval(
    intervals,
    (one) => `${stepsSql(one, calendar, "first_time", "last_time")} + 1`,
  );
  const open = isOpenSql(calendar, "system.main.epoch_ms(open_time)");
  // Bars longer than a day stand on every calendar.
  const counted = byInterval(intervals, (one) =>
    ["3d", "1w", "1M"].includes(one) ? "true" : open,
  );
  const found = await rows(connection, {
    sql: `SELECT exchange, symbol, "interval", stored, system.main.epoch_ms(first_time), system.main.epoch_ms(last_time), inside, ${expected}
      FROM (SELECT exchange, symbol, "interval", system.main.count(*) AS stored, system.main.min(open_time) AS first_time,
          system.main.max(open_time) AS last_time, system.main.count(*) FILTER (${counted}) AS inside
        FROM main.candles GROUP BY exchange, symbol, "interval") AS series
      ORDER BY exchange, symbol, "interval"`,
    values: [],
  });
  return found.map(([exchange, symbol, interval, stored, from, to, inside, bars]) => ({
    exchange: String(exchange),
    symbol: String(symbol),
    interval: String(interval),
    rows: Number(stored),
    from: isoTime(Number(from)),
    to: isoTime(Number(to)),
    coverage_pct: coverage(Number(inside), Number(bars)),
    schema_version: version,
  }));
}

/** The intervals of stored series, of those that are known. */
export async function storedIntervals(connection: Store["connection"]): Promise<Interval[]> {
  const sql = `SELECT DISTINCT "interval" FROM main.candles ORDER BY "interval"`;
  const found = await rows(connection, { sql, values: [] });
  return found.map(([name]) => String(name)).filter(isInterval);
}

function coverage(stored: number, expected: number): number {
  if (!(expected > 0)) return 100;
  return Number(Math.min(100, (100 * stored) / expected).toFixed(4));
}
