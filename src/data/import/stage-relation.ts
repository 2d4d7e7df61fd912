import { fail } from "../../diagnostics/index.ts";
import { orNaN, priceSql, type TimeExpression, timeSql, volumeSql } from "../column-sql.ts";
import { type DuckDBConnection, type DuckDBValue, rows } from "../duckdb.ts";
import type { TimeUnit } from "../options.ts";
import { type Column, type Relation, sampleText } from "../relation.ts";
import { beginStaging, STAGED } from "../store/staging.ts";
import { inferUnit, unitRange } from "../time-values.ts";
import { extraColumns } from "./extra-columns.ts";
import { mapRoles } from "./map-roles.ts";
import type { ImportSession } from "./session.ts";

const MICROS: Record<TimeUnit, string> = { s: "* 1e6", ms: "* 1e3", us: "* 1", ns: "/ 1e3" };

const ZONED = ":[0-9.]+ ?(Z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?)$";

/** Stages the rows of a relation by the names of its columns. Tells whether its times are clock times without a zone. */
export async function stageRelation(
  session: ImportSession,
  relation: Relation,
  path: string,
): Promise<boolean> {
  const { connection, options } = session;
  const roles = mapRoles(
    relation.columns.map((column) => column.name),
    options,
  );
  const column = relation.columns[roles.time];
  const sample = await sampleText(connection, relation, roles.time);
  const time = await openTime(connection, relation, timeSql(column, roles.time, sample, options));
  const names = (["exchange", "symbol", "interval"] as const).map((role) => {
    const at = roles[role];
    return at === undefined ? "NULL::VARCHAR" : `nullif(c${at}::VARCHAR, '')`;
  });
  const naive = isNaive(column, sample);
  // Where times have no zone, one that has is written in another way than the first row's.
  const zoned =
    naive && sample !== null && options.timezone !== undefined
      ? `NOT system.main.regexp_matches(system.main.trim(c${roles.time}::VARCHAR), '${ZONED}', 'i')`
      : "true";
  const extras = extraColumns(relation.columns, options, path);
  const price = (at: number) => priceSql(relation.columns[at], at);
  const list = [
    "NULL::BIGINT",
    ...names,
    zoned === "true" ? time.sql : `CASE WHEN ${zoned} THEN ${time.sql} END`,
    ...(["open", "high", "low", "close"] as const).map((role) => price(roles[role])),
    roles.volume === undefined
      ? orNaN("NULL")
      : volumeSql(relation.columns[roles.volume], roles.volume),
    // Read like volumes, whose texts that are no numbers are infinite.
    ...[...extras.values()].map(
      (at) => `nullif(${volumeSql(relation.columns[at], at)}, 'nan'::DOUBLE)`,
    ),
  ];
  await beginStaging(connection, [...extras.keys()]);
  await connection.run(`INSERT INTO ${STAGED} SELECT ${list.join(", ")} FROM ${relation.from}`, [
    ...time.values,
    ...relation.values,
  ]);
  for (const name of extras.keys()) await checkNumbers(connection, name, path);
  return naive;
}

async function checkNumbers(connection: DuckDBConnection, name: string, path: string) {
  const sql = `SELECT system.main.min(rowid) FROM ${STAGED} WHERE system.main.isinf("${name}")`;
  const [[at]] = await rows(connection, { sql, values: [] });
  if (at === null) return;
  const where = `row ${Number(at) + 1}`;
  fail("import_layout", { path, format: "columns", where, problem: `${name} is no number` });
}

interface Expression {
  readonly sql: string;
  readonly values: readonly DuckDBValue[];
}

/** Epoch numbers as a TIMESTAMP; NULL for one that is unreadable or of another size than the first. */
async function openTime(
  connection: DuckDBConnection,
  relation: Relation,
  time: TimeExpression,
): Promise<Expression> {
  const stamp = (number: string, unit: TimeUnit) =>
    `system.main.make_timestamp(try_cast(system.main.round(${number} ${MICROS[unit]}) AS BIGINT))`;
  if (time.unit !== undefined) return { sql: stamp(time.sql, time.unit), values: time.values };
  const sql = `SELECT epoch FROM (SELECT ${time.sql} AS epoch FROM ${relation.from}) AS epochs WHERE epoch IS NOT NULL LIMIT 1`;
  const [first] = await rows(connection, { sql, values: [...time.values, ...relation.values] });
  const unit = first === undefined ? "ms" : inferUnit(Number(first[0]));
  const { least, below } = unitRange(unit);
  const inside = `CASE WHEN ${time.sql} >= ${least} AND ${time.sql} < ${below} THEN ${time.sql} END`;
  return { sql: stamp(inside, unit), values: [...time.values, ...time.values, ...time.values] };
}

function isNaive({ kind, type }: Column, sample: string | null): boolean {
  if (kind === "time") return !/TIME ZONE|TIMESTAMPTZ/.test(type);
  const text = sample?.trim() ?? "";
  return text !== "" && !/^\d{9,}(\.\d+)?$/.test(text) && !new RegExp(ZONED, "i").test(text);
}
