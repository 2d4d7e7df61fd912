import type { DuckDBConnection, DuckDBValue } from "../data/duckdb.ts";

/** Rows of one statement: few enough for its bound values. */
const ROWS = 500;

type Table =
  | "strategies"
  | "runs"
  | "trades"
  | "equity"
  | "sweeps"
  | "sweep_strategies"
  | "portfolios"
  | "portfolio_symbols"
  | "portfolio_trades";

/** Rows by statements of several; times are ISO texts, which DuckDB reads as UTC. */
export async function insert(
  connection: DuckDBConnection,
  table: Table,
  values: readonly (readonly DuckDBValue[])[],
): Promise<void> {
  for (let from = 0; from < values.length; from += ROWS) {
    const part = values.slice(from, from + ROWS);
    const row = `(${part[0]!.map(() => "?").join(", ")})`;
    await connection.run(
      `INSERT INTO main.${table} VALUES ${part.map(() => row).join(", ")} ON CONFLICT DO NOTHING`,
      part.flat(),
    );
  }
}
