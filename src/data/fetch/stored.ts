import { type Interval, intervalMs } from "../../vector/interval.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import type { Run, Span } from "./pages.ts";

/** The names under which a series is stored. */
export interface SeriesKey {
  readonly exchange: string;
  readonly symbol: string;
  readonly interval: Interval;
}

/** The stretches of a series without a gap within a span, in order of time. */
export async function storedRuns(
  connection: DuckDBConnection,
  key: SeriesKey,
  span: Span,
): Promise<Run[]> {
  const step =
    key.interval === "1M"
      ? "t > before + INTERVAL 1 MONTH"
      : "t > before + system.main.to_milliseconds(?::BIGINT)";
  const sql = `SELECT system.main.epoch_ms(system.main.min(t)), system.main.epoch_ms(system.main.max(t)), system.main.count(*)
    FROM (SELECT t, system.main.count(*) FILTER (before IS NULL OR ${step}) OVER (ORDER BY t ROWS UNBOUNDED PRECEDING) AS run
      FROM (SELECT open_time AS t, system.main.lag(open_time) OVER (ORDER BY open_time) AS before
        FROM main.candles WHERE exchange = ? AND symbol = ? AND "interval" = ?
          AND open_time >= system.main.make_timestamp_ms(?::BIGINT) AND open_time < system.main.make_timestamp_ms(?::BIGINT)))
    GROUP BY run ORDER BY 1`;
  const values = [
    ...(key.interval === "1M" ? [] : [BigInt(intervalMs(key.interval))]),
    key.exchange,
    key.symbol,
    key.interval,
    BigInt(span.from),
    BigInt(span.to),
  ];
  const found = await rows(connection, { sql, values });
  return found.map(([first, last, bars]) => ({
    first: Number(first),
    last: Number(last),
    bars: Number(bars),
  }));
}
