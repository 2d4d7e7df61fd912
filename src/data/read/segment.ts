import type { Roles } from "../column-names.ts";
import { orNaN, priceSql, type TimeExpression, volumeSql } from "../column-sql.ts";
import { type DuckDBConnection, rows, type Statement } from "../duckdb.ts";
import type { Relation } from "../relation.ts";
import { inUnit } from "../time-values.ts";

/** Rows of one series in one place: a table of the database, or one file of an archive. */
export interface Segment {
  readonly connection: DuckDBConnection;
  readonly relation: Relation;
  readonly roles: Roles;
  readonly time: TimeExpression & { readonly unit: "s" | "ms" | "us" | "ns" };
  /** Which rows of the relation belong to the series. */
  readonly where: Statement;
  /** Names of the further columns that belong to bars, and where they stand in the relation. */
  readonly extras: ReadonlyMap<string, number>;
  /** Bytes of the file that the rows come from: what it claims to hold is not believed beyond them. */
  readonly bytes?: number;
}

/** A half-open range of time in epoch ms; either end may be infinite. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const ALL_TIME: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** A statement that reads the named columns of a segment as c0, c1, … of DOUBLE without nulls, in stored order. */
export function readStatement(segment: Segment, names: readonly string[], span: Span): Statement {
  const list = names.map((name, i) => `${columnSql(segment, name)} AS c${i}`).join(", ");
  return fromSegment(segment, list, span, names.includes("time"));
}

/** Rows of a segment in a range. */
export async function countRows(segment: Segment, span: Span): Promise<number> {
  const counted = fromSegment(segment, "system.main.count(*)", span, false);
  return Number((await rows(segment.connection, counted))[0][0]);
}

/** The last `count` times of a segment before a moment, as epoch numbers of its unit. */
export async function lastTimes(
  segment: Segment,
  before: number,
  count: number,
): Promise<number[]> {
  const span = { from: Number.NEGATIVE_INFINITY, to: before };
  const { sql, values } = fromSegment(segment, `${segment.time.sql} AS c0`, span, true);
  const last = `SELECT * FROM (${sql}) AS earlier ORDER BY c0 DESC LIMIT ?`;
  const found = await rows(segment.connection, { sql: last, values: [...values, BigInt(count)] });
  return found.map((row) => Number(row[0]));
}

function fromSegment(
  { relation, where, time, roles }: Segment,
  list: string,
  span: Span,
  selectsTime: boolean,
): Statement {
  // A bare comparison of a TIMESTAMP column lets whole blocks be skipped by their least and greatest values.
  const direct = relation.columns[roles.time].type === "TIMESTAMP";
  const bound = (end: number) =>
    direct
      ? { sql: "system.main.make_timestamp(?::BIGINT)", value: BigInt(Math.round(end * 1e3)) }
      : { sql: "?", value: inUnit(end, time.unit) };
  const compared = direct ? `c${roles.time}` : time.sql;
  const ends = (["from", "to"] as const).filter((end) => Number.isFinite(span[end]));
  const limits = ends.map((end) => ({ op: end === "from" ? ">=" : "<", ...bound(span[end]) }));
  const window = limits.map(({ op, sql }) => ` AND ${compared} ${op} ${sql}`).join("");
  return {
    sql: `SELECT ${list} FROM ${relation.from} WHERE true${where.sql}${window}`,
    values: [
      ...(selectsTime ? time.values : []),
      ...relation.values,
      ...where.values,
      ...limits.flatMap(({ value }) => (direct ? [value] : [...time.values, value])),
    ],
  };
}

function columnSql({ relation, roles, time, extras }: Segment, name: string): string {
  if (name === "time") return orNaN(time.sql);
  const at = name in roles ? roles[name as keyof Roles] : extras.get(name);
  if (at === undefined) return "'nan'::DOUBLE";
  return name === "volume"
    ? volumeSql(relation.columns[at], at)
    : priceSql(relation.columns[at], at);
}
