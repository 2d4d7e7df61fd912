import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BarColumns, extraNames } from "../../src/data/columns.ts";
import { commitStaged } from "../../src/data/store/commit.ts";
import { withStore } from "../../src/data/store/open-store.ts";
import { stageColumns } from "../../src/data/store/stage-columns.ts";

export interface Stored {
  readonly exchange?: string;
  readonly symbol: string;
  readonly interval: string;
  readonly bars: BarColumns;
}

export function folder(): string {
  return mkdtempSync(join(tmpdir(), "swymc-read-"));
}

/** Stores series in a database of ours, as an import does. */
export async function store(path: string, ...all: readonly Stored[]): Promise<string> {
  await withStore(path, { create: true }, async ({ connection }) => {
    for (const { exchange = "binance_spot", symbol, interval, bars } of all) {
      const extras = Object.fromEntries(extraNames(bars).map((name) => [name, bars[name]]));
      await stageColumns(connection, { exchange, symbol, interval, ...bars, extras });
      await commitStaged(connection, { source: symbol, format: "test", onConflict: "replace" });
    }
  });
  return path;
}

/** Runs statements against a database of any kind. */
export async function sql(path: string, ...statements: readonly string[]): Promise<unknown[][]> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  let rows: unknown[][] = [];
  for (const statement of statements) {
    rows = (await connection.runAndReadAll(statement)).getRowsJS() as unknown[][];
  }
  connection.closeSync();
  instance.closeSync();
  return rows;
}

export function times(from: string, step: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Date.parse(from) + i * step);
}
