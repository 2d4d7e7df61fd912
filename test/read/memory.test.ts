import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../source-tree.ts";
import { folder, sql } from "./store.ts";

const ROWS = 8_000_000;
const KEYS = "'binance_spot' AS exchange, 'BTCUSDT' AS symbol, '1m' AS interval";
const BARS = `SELECT ${KEYS}, make_timestamp(1500000000000000 + i * 60000000) AS open_time, 100 + sin(i) AS open,
  102 + sin(i) AS high, 98 + sin(i) AS low, 100 + cos(i) AS close, i % 1000 + 0.5 AS volume FROM range(${ROWS}) t(i)`;

describe("memory beside the columns", () => {
  it.each([
    // Compression takes most of the time, and no less memory is needed to read without.
    [
      "a database",
      "bars.duckdb",
      `PRAGMA force_compression = 'uncompressed'; CREATE TABLE candles AS ${BARS}`,
    ],
    ["a Parquet file", "bars.parquet", `COPY (${BARS}) TO 'FILE' (FORMAT parquet)`],
  ])(
    "is at most half of them, read from %s",
    async (_title, name, statement) => {
      const place = folder();
      const path = join(place, name);
      await sql(name.endsWith(".duckdb") ? path : ":memory:", statement.replace("FILE", path));
      const child = ["--import", "tsx", join(ROOT, "test/read/memory-child.ts"), path];
      const report = JSON.parse(
        execFileSync(process.execPath, child, { cwd: ROOT, encoding: "utf8" }),
      );
      rmSync(place, { recursive: true });
      expect(report.rows).toBe(ROWS);
      expect(report.bytes).toBe(ROWS * 6 * 8);
      expect(report.sum).toBeCloseTo(100 * ROWS, -2);
      expect(report.peak).toBeGreaterThan(report.bytes);
      expect(report.peak).toBeLessThan(1.5 * report.bytes);
    },
    240_000,
  );
});
