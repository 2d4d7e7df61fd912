import { type DuckDBConnection, rows } from "../duckdb.ts";
import type { SeriesName } from "./names.ts";
import { VALUE_COLUMNS } from "./schema.ts";
import { extraColumns, NAMED, STAGED } from "./staging.ts";
import { type Finding, tally } from "./tally.ts";

export interface Ordered {
  readonly clean: string;
  readonly findings: readonly Finding[];
  readonly newestFirst: boolean;
}

/**
 * Clause that stores the rows of {@link Ordered} in their order, in full row groups. A CSV read by several threads is staged
 * in uneven ones, which a checkpoint would write once more; sorted rows have filled theirs in the table `clean`.
 */
export function storingOrder(clean: string): string {
  return clean === NAMED ? " ORDER BY position" : "";
}

const SERIES = `exchange, symbol, "interval"`;

/**
 * The staged rows sorted by series and time, without those that meet one of the conditions `out` and with one per time:
 * the last of several. A source of one series that is sound is used as it stands.
 */
export async function inOrder(
  connection: DuckDBConnection,
  series: readonly SeriesName[],
  out: readonly (string | undefined)[],
): Promise<Ordered> {
  if (series.length === 1 && out.length === 0 && (await increases(connection))) {
    return { clean: NAMED, findings: [], newestFirst: false };
  }
  const where = out.length === 0 ? "true" : `NOT (${out.join(" OR ")})`;
  const kept = `(SELECT * FROM ${NAMED} WHERE ${where}) AS kept`;
  const turns = `(SELECT *, system.main.lag(open_time) OVER (PARTITION BY ${SERIES} ORDER BY position) AS before_time
    FROM ${kept}) AS turns`;
  const unsorted = await tally(connection, turns, {
    time_unsorted: "coalesce(open_time < before_time, false)",
  });
  const newestFirst =
    unsorted.length > 0 && !(await anyRow(connection, turns, "open_time > before_time"));
  const repeated = await repeatedRows(connection, kept);
  await connection.run(
    `CREATE OR REPLACE TEMPORARY TABLE clean AS SELECT * FROM ${kept}
     QUALIFY system.main.row_number() OVER (PARTITION BY ${SERIES}, open_time ORDER BY position DESC) = 1
     ORDER BY ${SERIES}, open_time`,
  );
  return {
    clean: "temp.main.clean",
    findings: [...(newestFirst ? [] : unsorted), ...repeated],
    newestFirst,
  };
}

async function increases(connection: DuckDBConnection): Promise<boolean> {
  const before = `(SELECT open_time, system.main.lag(open_time) OVER () AS before_time FROM ${STAGED}) AS before`;
  return !(await anyRow(connection, before, "open_time <= before_time"));
}

async function anyRow(connection: DuckDBConnection, relation: string, condition: string) {
  const sql = `SELECT 1 FROM ${relation} WHERE ${condition} LIMIT 1`;
  return (await rows(connection, { sql, values: [] })).length > 0;
}

/** Rows of a time that an earlier row has: with the same values throughout that time, or with others. */
async function repeatedRows(connection: DuckDBConnection, kept: string): Promise<Finding[]> {
  const values = [...VALUE_COLUMNS, ...(await extraColumns(connection))];
  const same = values.map(
    (name) =>
      `("${name}" IS NOT DISTINCT FROM system.main.first_value("${name}") OVER (PARTITION BY ${SERIES}, open_time ORDER BY position))`,
  );
  const key = `(${SERIES}, open_time)`;
  const relation = `(SELECT position, nth > 1 AS again, system.main.bool_and(alike) OVER (PARTITION BY ${key}) AS same_values
    FROM (SELECT *, ${same.join(" AND ")} AS alike,
        system.main.row_number() OVER (PARTITION BY ${SERIES}, open_time ORDER BY position) AS nth
      FROM ${kept} WHERE ${key} IN (SELECT ${key} FROM ${kept} GROUP BY ${SERIES}, open_time HAVING system.main.count(*) > 1))
    ) AS repeated`;
  return tally(connection, relation, {
    time_duplicated: "again AND NOT same_values",
    time_repeated: "again AND same_values",
  });
}
