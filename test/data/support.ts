import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { afterAll } from "vitest";
import { type Dataset, loadDataset } from "../../src/data/index.ts";
import { type Diagnostic, SwymcError } from "../../src/diagnostics/index.ts";

/** The reference data beside the project; the tests that need it are skipped without it. */
export const SHARED = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
export const hasShared = existsSync(join(SHARED, "MANIFEST.json"));
export const withoutShared = "needs ../shared/data, which is not there";

/** A directory that lives as long as the test file. */
export function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "swymc-data-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes a file into a directory and gives its path. */
export function written(directory: string, name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

/** Runs statements in a new database file, or in memory. */
export async function duck(path: string, ...statements: (string | [string, DuckDBValue[]])[]) {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of statements) {
    if (typeof statement === "string") await connection.run(statement);
    else await connection.run(...statement);
  }
  connection.closeSync();
  instance.closeSync();
  return path;
}

/** The diagnostics that loading fails with; an error if it does not fail that way. */
export async function faults(loading: Promise<Dataset>): Promise<readonly Diagnostic[]> {
  const outcome = await loading.then(
    (dataset) => new Error(`loaded: ${dataset.state}`),
    (cause: unknown) => cause,
  );
  if (outcome instanceof SwymcError) return outcome.diagnostics;
  throw outcome;
}

/** Code and message of the first diagnostic that loading fails with. */
export async function fault(path: string, options: Parameters<typeof loadDataset>[1] = {}) {
  const [first] = await faults(loadDataset(path, options));
  return `${first.code}: ${first.message.replaceAll(path, "FILE")}`;
}

/** Rows of a plain CSV (or gzipped) file with ISO times, parsed without any of our own code. */
export function plainCsv(path: string): number[][] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(",").map((cell, k) => (k === 0 ? Date.parse(cell) : Number(cell))));
}

/** The six columns of a dataset, in the order of a plain CSV file. */
export function columns({ bars }: Dataset): Float64Array[] {
  return [bars.time, bars.open, bars.high, bars.low, bars.close, bars.volume];
}
