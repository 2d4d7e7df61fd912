import { copyFileSync, existsSync, realpathSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fail } from "../../diagnostics/index.ts";
import type { DuckDBConnection } from "../duckdb.ts";
import { openInstance } from "../instance.ts";
import { identify } from "../source-kind.ts";
import { rethrowStore } from "./errors.ts";
import { migrate, SCHEMA_VERSION, schemaVersion } from "./schema.ts";
import { makeScratch } from "./scratch.ts";

/** An open database of bars. */
export interface Store {
  readonly path: string;
  readonly connection: DuckDBConnection;
  readonly version: number;
  /** A folder whose files DuckDB reaches beside those it was opened with; removed when the store is closed. */
  readonly scratch: string;
  /** The path to give to DuckDB for a file: its own, or that of a copy where DuckDB would take it for a pattern. */
  readonly readable: (file: string) => string;
}

export interface StoreOptions {
  /** Make the database where there is none. */
  readonly create?: boolean;
  readonly readOnly?: boolean;
  /** Files that DuckDB is to read; all others are out of its reach. */
  readonly files?: readonly string[];
}

const SETTINGS = {
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false",
};

/** Databases open in this process: the operating system's lock only keeps other processes out. */
const held = new Set<string>();

/**
 * Runs `use` with the database at `path`. A database that is not ours, or newer, is refused before anything is
 * written; an older one is migrated. One process at a time can write: a second one is told who does.
 */
export async function withStore<T>(
  path: string,
  options: StoreOptions,
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const real = realPath(path);
  if (path !== ":memory:") checkFile(path, options.create ?? false);
  if (held.has(real)) {
    fail("database_locked", { path, reason: `process ${process.pid} (this one) has it open` });
  }
  if (path !== ":memory:") held.add(real);
  const scratch = makeScratch();
  try {
    const seen = options.readOnly ? null : await lookInto(path, scratch);
    return await withConnection(
      path,
      options.readOnly ?? false,
      options.files ?? [],
      scratch,
      async (connection) => {
        const version = seen?.() ?? (await schemaVersion(connection, path));
        if (version === 0 && options.readOnly) fail("store_missing", { path });
        if (!options.readOnly && version < SCHEMA_VERSION) await migrate(connection, version);
        let copies = 0;
        const readable = (file: string) => {
          if (!/[*?[]/.test(file)) return resolve(file);
          const copy = join(scratch, `copy-${++copies}`);
          copyFileSync(file, copy);
          return copy;
        };
        return use({ path, connection, scratch, readable, version: SCHEMA_VERSION });
      },
    );
  } catch (cause) {
    return rethrowStore(path, cause);
  } finally {
    held.delete(real);
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Checks a database without the right to write: one that is refused stays as it is to the byte. Returns what tells its
 * version later on, as long as nothing has written it since: the check is the longer part of opening a database.
 */
async function lookInto(path: string, scratch: string): Promise<() => number | null> {
  const found = stampOf(path);
  if (found === null) return () => null;
  const version = await withConnection(path, true, [], scratch, (connection) =>
    schemaVersion(connection, path),
  );
  return () => (stampOf(path) === found ? version : null);
}

/** Changes with every writing of a file and with its replacement; null where there is none. */
function stampOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined
    ? null
    : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}

async function withConnection<T>(
  path: string,
  readOnly: boolean,
  files: readonly string[],
  scratch: string,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const mode = { access_mode: readOnly ? "READ_ONLY" : "AUTOMATIC" };
  const instance = await openInstance(path, { ...SETTINGS, ...mode });
  try {
    const connection = await instance.connect();
    try {
      await connection.run("SET TimeZone = 'UTC'");
      await connection.run(`SET allowed_directories = ${textList([scratch])}`);
      await connection.run(`SET allowed_paths = ${textList(files.map((file) => resolve(file)))}`);
      await connection.run("SET enable_external_access = false");
      await connection.run("SET lock_configuration = true");
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** Settings take no bound values; a quote is the only character that ends a text. */
function textList(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(", ")}]`;
}

function checkFile(path: string, create: boolean): void {
  if (!existsSync(path)) {
    if (!create) fail("store_missing", { path });
    if (!existsSync(dirname(resolve(path)))) fail("file_not_found", { path: dirname(path) });
    return;
  }
  const { kind } = identify(path);
  if (kind !== "duckdb")
    fail("store_foreign", { path, found: `content of another kind (${kind})` });
}

function realPath(path: string): string {
  const folder = dirname(resolve(path));
  if (existsSync(path)) return realpathSync(path);
  return existsSync(folder) ? join(realpathSync(folder), basename(path)) : resolve(path);
}
