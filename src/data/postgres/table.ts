import { fail, suggest } from "../../diagnostics/index.ts";
import { COLLECTOR_TABLES } from "../import/collector-tables.ts";
import type { Postgres } from "./connect.ts";

export interface PostgresColumn {
  readonly name: string;
  /** PostgreSQL's name of the type, without its length: numeric, timestamp with time zone. */
  readonly type: string;
}

/** A table or view of the server that the user may read. */
export interface PostgresTable {
  readonly schema: string;
  readonly name: string;
  /** Schema and name, quoted. */
  readonly sql: string;
  readonly columns: readonly PostgresColumn[];
  /** Whether rows have a place of their own, which keeps apart what came at one moment. */
  readonly stored: boolean;
}

/** Tables that are looked for by name, before the only table of a database. */
const USUAL = ["candles", "market_trades"];

/** Names of the tables that the user can read, those of the schema `public` first. */
export async function tableNames({ query }: Postgres): Promise<[schema: string, name: string][]> {
  const found = await query(
    `SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
        AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
      ORDER BY n.nspname <> 'public', n.nspname, c.relname`,
  );
  return found as [string, string][];
}

/** The tables that are meant where none is named: those of a collector, else a usual name, else the only one. */
export async function usualTables(postgres: Postgres): Promise<string[]> {
  const known = [...new Set((await tableNames(postgres)).map(([, name]) => name))];
  const collected = COLLECTOR_TABLES.filter(({ name }) => known.includes(name));
  if (collected.length > 0) return collected.map(({ name }) => name);
  const usual = USUAL.find((name) => known.includes(name));
  if (usual !== undefined) return [usual];
  if (known.length === 1) return known;
  const path = postgres.server;
  if (known.length === 0) return fail("import_table_unknown", { path, table: "candles", known });
  const why = `it has the tables ${known.slice(0, 20).join(", ")}`;
  return fail("import_option_needed", { path, option: "--table", why });
}

/** A table by its name, with or without its schema; `public` comes before other schemas. */
export async function findTable(postgres: Postgres, asked: string): Promise<PostgresTable> {
  const names = await tableNames(postgres);
  const found =
    names.find(([, name]) => name === asked) ??
    names.find(([schema, name]) => `${schema}.${name}` === asked);
  if (found === undefined) {
    const known = names.map(([schema, name]) => (schema === "public" ? name : `${schema}.${name}`));
    const suggestion = suggest(asked, known);
    return fail("postgres_table", { server: postgres.server, table: asked, known, suggestion });
  }
  const [schema, name] = found;
  const columns = await postgres.query(
    `SELECT a.attname::text, format_type(a.atttypid, NULL), c.relkind IN ('r', 'm')
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
        AND has_column_privilege(c.oid, a.attnum, 'SELECT')
      ORDER BY a.attnum`,
    [schema, name],
  );
  return {
    schema,
    name,
    sql: `${quoteName(schema)}.${quoteName(name)}`,
    columns: columns.map(([column, type]) => ({ name: String(column), type: String(type) })),
    stored: columns[0]?.[2] === true,
  };
}

/** A name that stands in the catalogue of the server, as SQL writes it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
