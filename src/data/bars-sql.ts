import { FIELDS } from "../vector/columns.ts";
import type { RawBars } from "./arrow-read.ts";
import type { Roles } from "./column-names.ts";
import { orNaN, priceSql, type TimeExpression, volumeSql } from "./column-sql.ts";
import { type DuckDBConnection, fetchColumns, type Statement } from "./duckdb.ts";
import type { Relation } from "./relation.ts";

/** Reads time and the five columns of the rows that fit a condition, in the order of the source. */
export async function readBars(
  connection: DuckDBConnection,
  relation: Relation,
  roles: Roles,
  time: TimeExpression,
  where: Statement,
  size: { expected: number; limit: number },
): Promise<RawBars> {
  const list = columnList(relation, roles, time);
  const sql = `SELECT ${list} FROM ${relation.from} WHERE true${where.sql}`;
  const values = [...time.values, ...relation.values, ...where.values];
  const columns = await fetchColumns(connection, { sql, values }, 6, size);
  return rawBars(columns, relation, roles, time);
}

/**
 * Reads the bars of a table between two epoch numbers (in the time column's unit), and up to
 * `warmup` before them, sorted by time: the rows of a table have no order of their own.
 */
export async function readSorted(
  connection: DuckDBConnection,
  relation: Relation,
  roles: Roles,
  time: TimeExpression,
  where: Statement,
  range: { from: number; to: number; warmup: number },
  size: { expected: number; limit: number },
): Promise<RawBars> {
  const list = columnList(relation, roles, time);
  const rows = `SELECT ${list} FROM ${relation.from} WHERE true${where.sql}`;
  const values = [...time.values, ...relation.values, ...where.values];
  // NaN, a row without a time, sorts last and stays in a range without an end: it is reported later.
  const inside = {
    sql: `SELECT * FROM (${rows}) AS inside WHERE c0 >= ?${range.to === Number.POSITIVE_INFINITY ? "" : " AND c0 < ?"}`,
    values: [...values, range.from, ...(range.to === Number.POSITIVE_INFINITY ? [] : [range.to])],
  };
  const before = {
    sql: `SELECT * FROM (SELECT * FROM (${rows}) AS earlier WHERE c0 < ? ORDER BY c0 DESC LIMIT ?) AS warmup`,
    values: [...values, range.from, BigInt(range.warmup)],
  };
  const withWarmup = range.warmup > 0 && Number.isFinite(range.from);
  const sql = withWarmup
    ? `SELECT * FROM (${before.sql} UNION ALL ${inside.sql}) AS bars ORDER BY c0`
    : `${inside.sql} ORDER BY c0`;
  const bound = withWarmup ? [...before.values, ...inside.values] : inside.values;
  const columns = await fetchColumns(connection, { sql, values: bound }, 6, size);
  return rawBars(columns, relation, roles, time);
}

/** Time and five columns, as c0 to c5. */
function columnList(relation: Relation, roles: Roles, time: TimeExpression): string {
  const fields = FIELDS.map((field) => {
    const at = roles[field];
    if (at === undefined) return "'nan'::DOUBLE";
    const column = relation.columns[at];
    return field === "volume" ? volumeSql(column, at) : priceSql(column, at);
  });
  return [orNaN(time.sql), ...fields].map((sql, i) => `${sql} AS c${i}`).join(", ");
}

function rawBars(
  [time, open, high, low, close, volume]: Float64Array[],
  relation: Relation,
  roles: Roles,
  { unit }: TimeExpression,
): RawBars {
  const names = relation.columns.map((column) => column.name);
  return {
    time,
    unit,
    open,
    high,
    low,
    close,
    volume,
    ...(roles.volume === undefined ? { withoutVolume: names } : {}),
  };
}
