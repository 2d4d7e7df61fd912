import { type DuckDBConnection, rows } from "../duckdb.ts";
import type { Conditions } from "./fault-sql.ts";
import type { FaultName } from "./severity.ts";

/** How many rows have a fault, and the positions of the first ones. */
export interface Finding {
  readonly fault: FaultName;
  readonly count: number;
  readonly first: readonly number[];
}

const SHOWN = 3;

/** Counts the rows of a relation (with a column `position`) that meet each condition. */
export async function tally(
  connection: DuckDBConnection,
  relation: string,
  conditions: Conditions,
): Promise<Finding[]> {
  const entries = Object.entries(conditions) as [FaultName, string][];
  const counts = entries.map(([, sql]) => `system.main.count(*) FILTER (${sql})`);
  const counted = await rows(connection, {
    sql: `SELECT ${counts.join(", ")} FROM ${relation}`,
    values: [],
  });
  const found = entries.flatMap(([fault, sql], i) => {
    const count = Number(counted[0][i]);
    return count > 0 ? [{ fault, sql, count }] : [];
  });
  if (found.length === 0) return [];
  const firsts = found.map(({ sql }) => `system.main.min(position, ${SHOWN}) FILTER (${sql})`);
  const [places] = await rows(connection, {
    sql: `SELECT ${firsts.join(", ")} FROM ${relation}`,
    values: [],
  });
  return found.map(({ fault, count }, i) => ({
    fault,
    count,
    first: (places[i] as unknown as bigint[]).map(Number),
  }));
}
