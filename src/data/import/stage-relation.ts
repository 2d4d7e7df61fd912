import { matchColumns } from "../column-names.ts";
import { orNaN, priceSql, timeSql, volumeSql } from "../column-sql.ts";
import { rows } from "../duckdb.ts";
import { type Relation, sampleText } from "../relation.ts";
import { beginStaging, STAGED } from "../store/staging.ts";
import { inferUnit } from "../time-values.ts";
import type { ImportSession } from "./session.ts";

/** Stages the rows of a relation by the names of its columns. */
export async function stageRelation(session: ImportSession, relation: Relation): Promise<void> {
  const { connection, options } = session;
  const names = relation.columns.map((column) => column.name);
  const roles = matchColumns(names, options.map?.["time"] ?? options.timeColumn);
  const sample = await sampleText(connection, relation, roles.time);
  const time = timeSql(relation.columns[roles.time], roles.time, sample, options);
  const unit = time.unit ?? (await unitOf());
  const micros = { s: "* 1e6", ms: "* 1e3", us: "", ns: "/ 1e3" }[unit];
  const text = (at: number | undefined) => (at === undefined ? "NULL::VARCHAR" : `c${at}::VARCHAR`);
  const price = (at: number) => priceSql(relation.columns[at], at);
  const list = [
    "NULL::BIGINT",
    text(roles.exchange),
    text(roles.symbol),
    text(roles.interval),
    `system.main.make_timestamp(try_cast((${time.sql} ${micros}) AS BIGINT))`,
    price(roles.open),
    price(roles.high),
    price(roles.low),
    price(roles.close),
    roles.volume === undefined
      ? orNaN("NULL")
      : volumeSql(relation.columns[roles.volume], roles.volume),
  ];
  await beginStaging(connection);
  await connection.run(`INSERT INTO ${STAGED} SELECT ${list.join(", ")} FROM ${relation.from}`, [
    ...time.values,
    ...relation.values,
  ]);

  async function unitOf() {
    const sql = `SELECT ${time.sql} AS t FROM ${relation.from} WHERE t IS NOT NULL LIMIT 1`;
    const [first] = await rows(connection, { sql, values: [...time.values, ...relation.values] });
    return first === undefined ? ("ms" as const) : inferUnit(Number(first[0]));
  }
}
