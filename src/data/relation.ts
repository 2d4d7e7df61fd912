import { type DuckDBConnection, type DuckDBValue, rows, type Statement } from "./duckdb.ts";

/** What a column can be used as; `other` is named in the refusal. */
export type ColumnKind = "time" | "number" | "decimal" | "text" | "other";

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The type as DuckDB writes it. */
  readonly type: string;
}

/**
 * Something to select bars from. Its columns are only ever called c0, c1, … in SQL, so that no name
 * out of a file becomes part of a statement.
 */
export interface Relation {
  /** A fixed FROM clause with its aliases. */
  readonly from: string;
  /** The values bound in it. */
  readonly values: readonly DuckDBValue[];
  readonly columns: readonly Column[];
}

/** Looks up the columns of a FROM clause and names them by position. */
export async function describeRelation(
  connection: DuckDBConnection,
  clause: Statement,
): Promise<Relation> {
  const sql = `SELECT * FROM ${clause.sql} LIMIT 0`;
  const reader = await connection.runAndReadAll(sql, [...clause.values]);
  const types = reader.columnTypes().map(String);
  const columns = reader.columnNames().map((name, i) => ({
    name,
    type: types[i],
    kind: kindOf(types[i]),
  }));
  return named(clause, columns);
}

/** A relation whose columns are known without asking. */
export function named(clause: Statement, columns: readonly Column[]): Relation {
  const aliases = columns.map((_, i) => `c${i}`).join(", ");
  return { from: `${clause.sql} AS t(${aliases})`, values: clause.values, columns };
}

/** The first text in a column that holds text; null if it holds none. */
export async function sampleText(
  connection: DuckDBConnection,
  relation: Relation,
  at: number,
): Promise<string | null> {
  if (relation.columns[at].kind !== "text") return null;
  const sql = `SELECT c${at} FROM ${relation.from} WHERE c${at} IS NOT NULL LIMIT 1`;
  const found = await rows(connection, { sql, values: relation.values });
  return found.length === 0 ? null : String(found[0][0]);
}

function kindOf(type: string): ColumnKind {
  if (/^(TIMESTAMP|DATE)/.test(type)) return "time";
  if (/^(DOUBLE|FLOAT|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(type)) return "number";
  if (type.startsWith("DECIMAL")) return "decimal";
  return type === "VARCHAR" || type.startsWith("ENUM") ? "text" : "other";
}
