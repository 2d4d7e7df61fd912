import type { Client, QueryResult } from "pg";
import { fail, SwymcError } from "../../diagnostics/index.ts";

/** A session with a PostgreSQL server, inside of a read-only transaction: everything is read as of one moment. */
export interface Postgres {
  readonly client: Client;
  /** The server as messages may name it: without user and password. */
  readonly server: string;
  /** Rows of a small result as arrays; values are bound. */
  query(sql: string, values?: readonly unknown[]): Promise<unknown[][]>;
}

const CONNECT_MS = 15_000;

export function isPostgresUrl(source: string): boolean {
  return /^postgres(ql)?:\/\//i.test(source);
}

/** Runs `use` in a transaction that cannot write, with UTC as its zone and nothing but built-in names on its path. */
export async function withPostgres<T>(
  url: string,
  use: (postgres: Postgres) => Promise<T>,
): Promise<T> {
  const { default: pg } = await import("pg");
  const client = newClient(pg.Client, url);
  const server = serverName(client);
  // A connection that ends by itself fails the query that runs, and says so here as well.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (cause) {
    hangUp(client);
    return fail("postgres_unreachable", { server, reason: reasonOf(cause, client) });
  }
  let done = false;
  try {
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL TimeZone = 'UTC'");
    await client.query("SET LOCAL search_path = pg_catalog");
    const result = await use({
      client,
      server,
      query: async (sql, values = []) => {
        const asked = { text: sql, values: [...values], rowMode: "array" as const };
        return ((await client.query(asked)) as QueryResult<unknown[]>).rows;
      },
    });
    await client.query("COMMIT");
    done = true;
    return result;
  } catch (cause) {
    if (!isServerError(cause)) throw cause;
    return fail("postgres_failed", { server, reason: reasonOf(cause, client) });
  } finally {
    // Ending in good order would first take in the rest of an answer that nobody reads.
    if (done) await client.end();
    else hangUp(client);
  }
}

function newClient(PgClient: typeof Client, url: string): Client {
  try {
    return new PgClient({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      application_name: "swymc",
      keepAlive: true,
    });
  } catch {
    return fail("postgres_address", {});
  }
}

function serverName({ host, port, database }: Client): string {
  const at = host.startsWith("/") ? host : `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return `postgres://${at}/${database ?? ""}`;
}

/** Errors of the server and of the network; ours and DuckDB's are told elsewhere. */
function isServerError(cause: unknown): boolean {
  if (cause instanceof SwymcError || !(cause instanceof Error)) return false;
  const { code } = cause as { code?: string };
  return (
    /^([0-9A-Z]{5}|E[A-Z]+)$/.test(code ?? "") || /^Connection terminated/i.test(cause.message)
  );
}

function reasonOf(cause: unknown, { password }: Client): string {
  const { message, code } = cause as { message?: string; code?: string };
  const reason = (message || code || "the connection was closed").split("\n")[0];
  return password ? reason.replaceAll(password, "***") : reason;
}

function hangUp(client: Client): void {
  const { connection } = client as unknown as {
    connection?: { stream?: { destroy?: () => void } };
  };
  connection?.stream?.destroy?.();
}
