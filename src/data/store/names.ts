import { type Diagnostic, diagnose, fail, SwymcError } from "../../diagnostics/index.ts";
import { INTERVAL_NAMES, type Interval, isInterval } from "../../vector/interval.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { STAGED } from "./staging.ts";

/** Names of one series of bars. */
export interface SeriesName {
  readonly exchange: string;
  readonly symbol: string;
  readonly interval: Interval;
}

type Names = { readonly [K in keyof SeriesName]?: string | undefined };

const NAMES = ["exchange", "symbol", "interval"] as const;

/**
 * Settles under which names staged rows are stored: those of the source, and the given ones where it tells none.
 * Returns the series that result, and makes the view `named` of the rows. Fails where a name is missing, differs from
 * the given one or is unknown.
 */
export async function settleNames(
  connection: DuckDBConnection,
  given: Names,
  measured: () => Promise<string | null>,
): Promise<SeriesName[]> {
  const sql = `SELECT DISTINCT exchange, symbol, "interval" FROM ${STAGED} ORDER BY ALL`;
  const found = await rows(connection, { sql, values: [] });
  const series: SeriesName[] = [];
  for (const row of found) {
    const names: Record<string, string> = {};
    const missing: Diagnostic[] = [];
    for (const [at, name] of NAMES.entries()) {
      const told = row[at] === null || row[at] === "" ? undefined : String(row[at]);
      const asked = given[name];
      if (told !== undefined && asked !== undefined && told !== asked) {
        fail("series_name_differs", { name, asked, found: told });
      }
      const settled = told ?? asked;
      if (settled === undefined || settled === "") {
        const step = name === "interval" ? await measured() : null;
        missing.push(diagnose("series_name_missing", { name, measured: step }));
      } else names[name] = settled;
    }
    if (missing.length > 0) throw new SwymcError(missing);
    if (!isInterval(names["interval"])) {
      return fail("interval_name_unknown", { found: names["interval"], known: INTERVAL_NAMES });
    }
    series.push(names as unknown as SeriesName);
  }
  const untold = NAMES.filter((_, at) => found.some((row) => !row[at]));
  await nameStaged(connection, given, untold);
  return series;
}

/**
 * Makes the view `named` over `staged`. Given names stand in it and not in the rows: three columns of text would take as
 * long to stage as all the numbers.
 */
async function nameStaged(
  connection: DuckDBConnection,
  given: Names,
  untold: readonly (typeof NAMES)[number][],
): Promise<void> {
  for (const name of untold) {
    await connection.run(`SET VARIABLE given_${name} = ?::VARCHAR`, [given[name] as string]);
  }
  const settled = untold.map(
    (name) =>
      `coalesce(nullif("${name}", ''), system.main.getvariable('given_${name}')) AS "${name}"`,
  );
  const columns = settled.length === 0 ? "*" : `* REPLACE (${settled.join(", ")})`;
  await connection.run(
    `CREATE OR REPLACE TEMPORARY VIEW named AS SELECT rowid AS position, ${columns} FROM ${STAGED}`,
  );
}
