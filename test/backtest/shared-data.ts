import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Bars } from "../../src/vector/columns.ts";

/** Reference data beside the project; tests that need it are skipped where it is absent. */
export const SHARED = join(import.meta.dirname, "../../../shared/data");
export const hasShared = existsSync(join(SHARED, "backtests/SUMMARY.json"));
if (!hasShared) console.warn(`skipped: no reference data at ${SHARED}`);

export function readShared(path: string): string {
  const bytes = readFileSync(join(SHARED, path));
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** Rows of a CSV as objects of strings; these files quote nothing. */
export function readRows(path: string): Record<string, string>[] {
  const [header, ...lines] = readShared(path).trimEnd().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
  });
}

/** A clean set of ohlcv/ by its id, CSV or gzipped CSV. */
export function readBars(id: string): Bars {
  const path = ["csv", "csv.gz"]
    .map((extension) => `ohlcv/${id}.${extension}`)
    .find((candidate) => existsSync(join(SHARED, candidate)));
  const rows = readRows(path ?? `ohlcv/${id}.csv`);
  const column = (name: string) => Float64Array.from(rows, (row) => Number(row[name]));
  return {
    time: Float64Array.from(rows, (row) => Date.parse(row["ts"])),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
  };
}
