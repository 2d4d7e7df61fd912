import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { rows } from "../../src/data/duckdb.ts";
import { importSources } from "../../src/data/import/import-sources.ts";
import type { ImportOptions } from "../../src/data/import/options.ts";
import type { CommitReport } from "../../src/data/store/commit.ts";
import { withStore } from "../../src/data/store/open-store.ts";
import { type Diagnostic, SwymcError } from "../../src/diagnostics/index.ts";

/** The reference data beside the project; the tests that need it are skipped without it. */
export const SHARED = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
export const hasShared = existsSync(join(SHARED, "MANIFEST.json"));

/** A directory that lives as long as the test file. */
export function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "swymc-import-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export interface Imported {
  readonly reports: readonly CommitReport[];
  /** Time in epoch ms, open, high, low, close, volume; oldest first. */
  readonly bars: number[][];
}

/** Imports files into a database, several times if asked, and reads back everything that it then holds. */
export function imported(
  db: string,
  files: readonly string[],
  options: ImportOptions = {},
  times = 1,
): Promise<Imported> {
  return withStore(db, { create: true, files }, async (store) => {
    const reports: CommitReport[] = [];
    for (let time = 0; time < times; time++) {
      for await (const report of importSources(store, files, options)) reports.push(report);
    }
    const sql = `SELECT epoch_ms(open_time)::DOUBLE, open, high, low, close, volume FROM candles ORDER BY symbol, open_time`;
    const bars = (await rows(store.connection, { sql, values: [] })) as number[][];
    return { reports, bars };
  });
}

/** The diagnostics that an import fails with; an error if it does not fail that way. */
export async function faults(importing: Promise<unknown>): Promise<readonly Diagnostic[]> {
  const outcome = await importing.then(
    (done) => new Error(`imported: ${JSON.stringify(done).slice(0, 300)}`),
    (cause: unknown) => cause,
  );
  if (outcome instanceof SwymcError) return outcome.diagnostics;
  throw outcome;
}

/** Code and message of the first of them. */
export async function fault(importing: Promise<unknown>): Promise<string> {
  const [first] = await faults(importing);
  return `${first.code}: ${first.message}`;
}

/** Bars in a database, 0 where there is none. */
export function stored(db: string): Promise<number> {
  if (!existsSync(db)) return Promise.resolve(0);
  return withStore(db, { readOnly: true }, async ({ connection }) => {
    const [[count]] = await rows(connection, { sql: "SELECT count(*) FROM candles", values: [] });
    return Number(count);
  });
}
