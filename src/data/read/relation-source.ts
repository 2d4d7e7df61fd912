import { matchColumns, normalise, type Roles, SPELLINGS } from "../column-names.ts";
import { timeSql } from "../column-sql.ts";
import type { AvailableSeries } from "../dataset.ts";
import { type DuckDBConnection, rows, type Statement } from "../duckdb.ts";
import { describeRelation, type Relation, sampleText } from "../relation.ts";
import { listSeries } from "../series.ts";
import { KEYS, type SeriesNames } from "../series-text.ts";
import { inferUnit } from "../time-values.ts";
import type { Segment } from "./segment.ts";

/** A table or file of bars, its columns told apart. */
export interface BarRelation {
  readonly connection: DuckDBConnection;
  readonly relation: Relation;
  readonly roles: Roles;
  readonly time: Segment["time"];
  readonly extras: ReadonlyMap<string, number>;
  readonly bytes?: number;
}

/** Columns of the collector's tables that are numbers but no part of a bar. */
const NOT_OF_BARS = ["kline_id", "close_time", "line"];

/** Finds out what a FROM clause holds. */
export async function openRelation(
  connection: DuckDBConnection,
  clause: Statement,
  bytes?: number,
): Promise<BarRelation> {
  const relation = await describeRelation(connection, clause);
  const roles = matchColumns(relation.columns.map((column) => column.name));
  const sample = await sampleText(connection, relation, roles.time);
  const time = timeSql(relation.columns[roles.time], roles.time, sample, {});
  const unit = time.unit ?? (await unitOf(connection, relation, time));
  return {
    connection,
    relation,
    roles,
    time: { ...time, unit },
    extras: extrasOf(relation, roles),
    ...(bytes === undefined ? {} : { bytes }),
  };
}

/** The series that a relation holds by name; one without names where it has none of them. */
export function seriesOf(bars: BarRelation): Promise<AvailableSeries[]> {
  return listSeries(bars.connection, bars.relation, bars.roles, bars.time);
}

/** The rows of one series of a relation. */
export function segmentOf(bars: BarRelation, series: SeriesNames): Segment {
  const used = KEYS.filter((key) => bars.roles[key] !== undefined);
  const named = used.filter((key) => series[key] !== null);
  const unnamed = used.filter((key) => series[key] === null);
  return {
    ...bars,
    where: {
      sql: [
        ...named.map((key) => ` AND c${bars.roles[key]} = ?`),
        ...unnamed.map((key) => ` AND c${bars.roles[key]} IS NULL`),
      ].join(""),
      values: named.map((key) => series[key]),
    },
  };
}

function extrasOf({ columns }: Relation, roles: Roles): Map<string, number> {
  const taken = new Set(Object.values(roles));
  const spelled = Object.values(SPELLINGS).flat() as string[];
  const extras = new Map<string, number>();
  for (const [at, { name, kind }] of columns.entries()) {
    const numeric = kind === "number" || kind === "decimal";
    const other = !spelled.includes(normalise(name)) && !NOT_OF_BARS.includes(name);
    if (numeric && other && !taken.has(at) && !extras.has(name)) extras.set(name, at);
  }
  return extras;
}

/** The unit of a column of epoch numbers, told by the size of the least of them. */
async function unitOf(
  connection: DuckDBConnection,
  relation: Relation,
  time: { sql: string; values: Statement["values"] },
): Promise<Segment["time"]["unit"]> {
  const sql = `SELECT system.main.min(${time.sql}) FROM ${relation.from}`;
  const [[least]] = await rows(connection, { sql, values: [...time.values, ...relation.values] });
  return least === null ? "ms" : inferUnit(Number(least));
}
