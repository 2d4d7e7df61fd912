import { fail } from "../../diagnostics/index.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { STAGED } from "../store/staging.ts";

const PRICES = ["open", "high", "low", "close"] as const;
/** What conversions of whole points to float64 and back leave behind: 129886.99999999999. */
const DUST = 1e-3;

/** Whether every staged price is a whole number, but for dust. */
export async function wholePrices(connection: DuckDBConnection): Promise<boolean> {
  const sql = `SELECT coalesce(system.main.bool_and(${whole()}), false) FROM ${STAGED}`;
  const [[all]] = await rows(connection, { sql, values: [] });
  return all === true;
}

/** Turns staged prices in points into prices: whole points, divided by the points per unit. */
export async function fromPoints(
  connection: DuckDBConnection,
  points: number,
  path: string,
): Promise<void> {
  const sql = `SELECT line, open, high, low, close FROM ${STAGED} WHERE NOT (${whole()}) LIMIT 1`;
  const [odd] = await rows(connection, { sql, values: [] });
  if (odd !== undefined) {
    const problem = `${odd.slice(1).join(" ")} are no whole points: leave --points out where a file holds prices`;
    fail("import_layout", { path, format: `points, ${points} per unit`, where: "a row", problem });
  }
  const set = PRICES.map((name) => `${name} = system.main.round(${name}) / ?`).join(", ");
  await connection.run(`UPDATE ${STAGED} SET ${set}`, Array(PRICES.length).fill(points));
}

/** Missing prices are judged with everything else, later. */
function whole(): string {
  return PRICES.map(
    (name) =>
      `(NOT system.main.isfinite(${name}) OR system.main.abs(${name} - system.main.round(${name})) < ${DUST})`,
  ).join(" AND ");
}
