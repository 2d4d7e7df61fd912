import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { rows } from "../../src/data/duckdb.ts";
import { expandSources } from "../../src/data/import/expand.ts";
import { importSources } from "../../src/data/import/import-sources.ts";
import type { ImportOptions } from "../../src/data/import/options.ts";
import type { CommitReport } from "../../src/data/store/commit.ts";
import { withStore } from "../../src/data/store/open-store.ts";
import { SwymcError } from "../../src/diagnostics/index.ts";

/** A folder for one test file, gone after it. */
export function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), "swymc-store-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const HOURLY: ImportOptions = { exchange: "test_spot", symbol: "AAA", interval: "1h" };
export const START = Date.UTC(2024, 0, 1);
const HOUR = 3_600_000;

/** A sound bar at an hour, as a CSV line. */
export function bar(hour: number, { close = 100 + (hour % 7), volume = 5 } = {}): string {
  const time = new Date(START + hour * HOUR).toISOString();
  return `${time},100,${Math.max(100, close) + 1},${Math.min(100, close) - 1},${close},${volume}`;
}

export function bars(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => bar(from + i));
}

/** Writes a CSV file of bars and returns its path. */
export function csv(folder: string, name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `time,open,high,low,close,volume\n${lines.join("\n")}\n`);
  return path;
}

export async function importInto(
  db: string,
  sources: readonly string[],
  options: ImportOptions = HOURLY,
): Promise<CommitReport[]> {
  const files = expandSources(sources);
  return withStore(db, { create: true, files }, async (store) => {
    const reports: CommitReport[] = [];
    for await (const report of importSources(store, files, options)) reports.push(report);
    return reports;
  });
}

/** Every stored bar, in order. */
export function content(db: string): Promise<unknown[][]> {
  return withStore(db, { readOnly: true }, ({ connection }) =>
    rows(connection, { sql: "SELECT * FROM main.candles ORDER BY ALL", values: [] }),
  );
}

/** The codes of the diagnostics that a promise is rejected with. */
export async function codesOf(attempt: Promise<unknown>): Promise<string[]> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof SwymcError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
  return [];
}
