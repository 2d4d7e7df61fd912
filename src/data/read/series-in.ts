import type { AvailableSeries } from "../dataset.ts";
import { rows } from "../duckdb.ts";
import { KEYS, type Key, type SeriesNames } from "../series-text.ts";
import { once } from "./once.ts";
import { type BarRelation, segmentOf, seriesOf } from "./relation-source.ts";
import type { Segment } from "./segment.ts";

/** What is asked of a series; names that a source does not have play no part. */
export type AskedNames = { readonly [K in Key]?: string | undefined };

/** The series of one relation. */
export interface RelationSeries {
  /** All of them with their ranges, which takes a look at every row. */
  readonly list: () => Promise<readonly AvailableSeries[]>;
  /**
   * The one that is meant, where that is told without the list: it is named in full and there, or it is the only one
   * and what is asked fits. Else null.
   */
  readonly find: (asked: AskedNames) => Promise<SeriesNames | null>;
  readonly rowsOf: (series: SeriesNames) => Segment;
}

export function seriesIn(bars: BarRelation): RelationSeries {
  const used = KEYS.filter((key) => bars.roles[key] !== undefined);
  const lookForOnly = once(() => onlySeries(bars, used));
  let only: SeriesNames | null = null;
  const rowsOf = (series: SeriesNames) => {
    const all = only !== null && KEYS.every((key) => series[key] === only?.[key]);
    return all ? { ...bars, where: { sql: "", values: [] } } : segmentOf(bars, series);
  };
  const find = async (asked: AskedNames) => {
    if (used.length > 0 && used.every((key) => asked[key] !== undefined)) {
      const series = named(used, (key) => asked[key] ?? null);
      return (await hasRow(rowsOf(series))) ? series : null;
    }
    only = await lookForOnly();
    const fits = used.every((key) => asked[key] === undefined || asked[key] === only?.[key]);
    return fits ? only : null;
  };
  return { list: once(() => seriesOf(bars)), find, rowsOf };
}

async function hasRow({ connection, relation, where }: Segment): Promise<boolean> {
  const sql = `SELECT true FROM ${relation.from} WHERE true${where.sql} LIMIT 1`;
  const values = [...relation.values, ...where.values];
  return (await rows(connection, { sql, values })).length > 0;
}

/** The first row's series, where no row has another name; null for several, or none. */
async function onlySeries(
  { connection, relation: { from, values }, roles }: BarRelation,
  used: readonly Key[],
): Promise<SeriesNames | null> {
  const names = used.map((key) => `c${roles[key]}::VARCHAR`);
  const list = ["true", ...names].join(", ");
  const [first] = await rows(connection, { sql: `SELECT ${list} FROM ${from} LIMIT 1`, values });
  if (first === undefined) return null;
  const kept = first.slice(1).map((name) => (name === null ? null : String(name)));
  const others = names.map(
    (name) => `(SELECT true FROM ${from} WHERE ${name} IS DISTINCT FROM ? LIMIT 1)`,
  );
  const [[several]] = await rows(connection, {
    sql: `SELECT coalesce(${[...others, "false"].join(", ")})`,
    values: kept.flatMap((name) => [...values, name]),
  });
  return several === true ? null : named(used, (key) => kept[used.indexOf(key)]);
}

function named(used: readonly Key[], name: (key: Key) => string | null): SeriesNames {
  const names = KEYS.map((key) => [key, used.includes(key) ? name(key) : null]);
  return Object.fromEntries(names) as SeriesNames;
}
