import { SPELLINGS } from "../column-names.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";

/**
 * The temporary table that every import fills, and that `commitStaged` checks and merges into `candles` in one
 * transaction. A name that the source does not tell is NULL (flags fill it in), an unreadable time is NULL, a
 * missing or unreadable price NaN, a missing volume NaN, an unreadable volume infinite: rows are judged later.
 * `line` counts from 1 in the source; NULL where lines mean nothing.
 */
export const STAGED_COLUMNS = {
  line: "BIGINT",
  exchange: "VARCHAR",
  symbol: "VARCHAR",
  interval: "VARCHAR",
  open_time: "TIMESTAMP",
  open: "DOUBLE",
  high: "DOUBLE",
  low: "DOUBLE",
  close: "DOUBLE",
  volume: "DOUBLE",
} as const;

/** `staged` as SQL names it: no object of the database can take its place. */
export const STAGED = "temp.main.staged";

/** The staged rows with their `position` in the source, from 0, under their settled names (see `settleNames`). */
export const NAMED = "temp.main.named";

const EXTRA_NAME = /^[a-z_][a-z0-9_]{0,62}$/;
/** Names that statements over staged and stored rows give to what they work out. */
const TAKEN = new Set(
  `position rowid nth place place_rank before_time before_close usual repeated met_at differs again alike
   same_values turns step epoch stored incoming named beside`.split(/\s+/),
);
/** Names under which a reader would take a column for one of a bar. */
const SPELLED = new Set<string>(Object.values(SPELLINGS).flat());

/** Makes `staged` anew and empty. Extra columns become nullable DOUBLE columns of `candles`. */
export async function beginStaging(
  connection: DuckDBConnection,
  extras: readonly string[] = [],
): Promise<void> {
  for (const name of extras) {
    if (!isExtraName(name)) throw new RangeError(`not a column name: ${name}`);
  }
  const columns = [
    ...Object.entries(STAGED_COLUMNS),
    ...extras.map((name) => [name, "DOUBLE"] as const),
  ];
  const list = columns.map(([name, type]) => `"${name}" ${type}`).join(", ");
  await connection.run(`CREATE OR REPLACE TEMPORARY TABLE staged (${list})`);
}

/** Whether a further column of numbers can be stored under this name. */
export function isExtraName(name: string): boolean {
  return (
    EXTRA_NAME.test(name) &&
    !Object.hasOwn(STAGED_COLUMNS, name) &&
    !SPELLED.has(name) &&
    !TAKEN.has(name)
  );
}

/** The extra columns that `staged` was begun with. */
export async function extraColumns(connection: DuckDBConnection): Promise<string[]> {
  const found = await rows(connection, { sql: `DESCRIBE ${STAGED}`, values: [] });
  return found.map(([name]) => String(name)).filter((name) => !Object.hasOwn(STAGED_COLUMNS, name));
}
