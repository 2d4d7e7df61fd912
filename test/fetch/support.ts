import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { rows } from "../../src/data/duckdb.ts";
import type { FetchBarsOptions } from "../../src/data/fetch/fetch-bars.ts";
import { type Chunk, fetchBars, type SeriesReport } from "../../src/data/fetch/fetch-bars.ts";
import { type Store, withStore } from "../../src/data/store/open-store.ts";

export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** A path for a database that lives as long as the test file. */
export function newDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), "swymc-fetch-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "market.duckdb");
}

/** Runs `use` with an empty store. */
export function inMemory(use: (store: Store) => Promise<void>): Promise<void> {
  return withStore(":memory:", { create: true }, use);
}

/** The bars of a series as stored, in order of time: epoch ms and five numbers. */
export async function storedBars(
  { connection }: Store,
  exchange: string,
  symbol: string,
): Promise<number[][]> {
  const sql = `SELECT epoch_ms(open_time), open, high, low, close, volume FROM main.candles
    WHERE exchange = ? AND symbol = ? ORDER BY open_time`;
  const found = await rows(connection, { sql, values: [exchange, symbol] });
  return found.map((row) => row.map(Number));
}

export interface Fetched {
  readonly reports: SeriesReport[];
  readonly chunks: Chunk[];
  /** Pauses before tries that were made again, in ms. */
  readonly waits: number[];
}

/** A fetch that does not wait between its tries. */
export async function fetched(store: Store, options: FetchBarsOptions): Promise<Fetched> {
  const reports: SeriesReport[] = [];
  const chunks: Chunk[] = [];
  const waits: number[] = [];
  const sleep = async (ms: number) => {
    waits.push(ms);
  };
  const asked = { ...options, http: { ...options.http, sleep } };
  for await (const report of fetchBars(store, asked, (chunk) => chunks.push(chunk))) {
    reports.push(report);
  }
  return { reports, chunks, waits };
}
