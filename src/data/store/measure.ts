import { intervalOfStep } from "../../vector/interval.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { STAGED } from "./staging.ts";

/** The most common step between the staged rows, in words; null where there is none. */
export async function measuredStep(connection: DuckDBConnection): Promise<string | null> {
  const sql = `SELECT system.main.epoch_ms(open_time) - system.main.epoch_ms(before_time) AS step FROM
    (SELECT open_time, system.main.lag(open_time) OVER (PARTITION BY exchange, symbol ORDER BY open_time) AS before_time
     FROM ${STAGED}) AS steps
    WHERE open_time > before_time GROUP BY step ORDER BY system.main.count(*) DESC, step LIMIT 1`;
  const [first] = await rows(connection, { sql, values: [] });
  if (first === undefined) return null;
  return intervalOfStep(Number(first[0])) ?? `${Number(first[0]) / 1000} seconds`;
}
