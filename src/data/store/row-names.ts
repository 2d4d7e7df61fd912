import { type DuckDBConnection, rows } from "../duckdb.ts";
import type { RowName } from "../faults.ts";
import { barText } from "./bar-text.ts";
import { STAGED } from "./staging.ts";

/** Names a row by its position from 0: where it stands, and what stands there. */
export type RowNames = (position: number) => Promise<RowName>;

/** Names of staged rows: by the source's own reader where there is one, else by line or by number. */
export function stagedRowNames(
  connection: DuckDBConnection,
  own: ((index: number) => RowName) | undefined,
): RowNames {
  return async (position) => {
    if (own !== undefined) return own(position);
    const sql = `SELECT staged.line, ${barText("staged")} FROM ${STAGED} AS staged WHERE rowid = ?`;
    const [found] = await rows(connection, { sql, values: [BigInt(position)] });
    if (found === undefined) return { where: `row ${position + 1}`, row: "" };
    const where = found[0] === null ? `row ${position + 1}` : `line ${found[0]}`;
    return { where, row: String(found[1]) };
  };
}
