import { closeSync, openSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadDataset } from "../../src/data/load.ts";
import { openDataset } from "../../src/data/read/open-dataset.ts";
import { imported, stored } from "../import/support.ts";
import { folder, sql } from "../read/store.ts";

const ROWS = 400_000;
const BARS = `SELECT 'binance_spot' AS exchange, 'BTCUSDT' AS symbol, '1m' AS interval,
  make_timestamp(1500000000000000 + i * 60000000) AS open_time, 100 + sin(i) AS open, 102 + sin(i) AS high,
  98 + sin(i) AS low, 100 + cos(i) AS close, i % 1000 + 0.5 AS volume FROM range(${ROWS}) t(i)`;

describe("a source whose last part cannot be read is refused, not cut short", () => {
  it("a CSV file with a broken last line, which is named", async () => {
    const path = join(folder(), "late.csv");
    const row = (i: number) => `${1_500_000_000_000 + i * 60_000},1.5,2.5,0.5,1.25,${i % 7}`;
    const lines = Array.from({ length: ROWS }, (_, i) => row(i));
    writeFileSync(path, ["time,open,high,low,close,volume", ...lines, "1,2,3", ""].join("\n"));
    await expect(loadDataset(path)).rejects.toThrow(
      `csv_malformed: ${path} line ${ROWS + 2}: Expected Number of Columns: 6 Found: 3: 1,2,3`,
    );
  });

  it("a Parquet file with a damaged page", async () => {
    const path = join(folder(), "late.parquet");
    await sql(
      ":memory:",
      `COPY (${BARS}) TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000)`,
    );
    damage(path);
    await expect(loadDataset(path)).rejects.toThrow(/^read_failed: reading .*late.parquet failed/);
    const data = await openDataset(path);
    await expect(data.columns()).rejects.toThrow(/^read_failed: reading .*late.parquet failed/);
    await data.close();
  });

  it("a database with a damaged block", async () => {
    const path = join(folder(), "late.duckdb");
    await sql(path, `CREATE TABLE candles AS ${BARS}`);
    damage(path);
    await expect(loadDataset(path)).rejects.toThrow(/^database_invalid: .*late.duckdb/);
    const data = await openDataset(path);
    const asked = { exchange: "binance_spot", symbol: "BTCUSDT", interval: "1m" } as const;
    await expect(data.columns(asked)).rejects.toThrow(/^database_invalid: .*late.duckdb/);
    await data.close();
  });

  it("a foreign table of trades with a damaged block, and nothing of it is stored", async () => {
    const path = join(folder(), "trades.duckdb");
    const db = join(folder(), "market.duckdb");
    await sql(
      path,
      `CREATE TABLE market_trades AS SELECT make_timestamp(1500000000000000 + i * 1000000) AS time,
        'BTCUSDT' AS instrument, 'buy' AS side, 100 + sin(i) AS price, 1 + cos(i) / 2 AS amount FROM range(${ROWS}) t(i)`,
    );
    damage(path);
    const importing = imported(db, [path], { exchange: "kraken_spot", interval: "1m" });
    await expect(importing).rejects.toThrow(/^database_invalid: .*trades.duckdb/);
    expect(await stored(db)).toBe(0);
  });
});

/** Overwrites a part of a file towards its end. */
function damage(path: string): void {
  const file = openSync(path, "r+");
  writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, Math.floor(statSync(path).size * 0.7));
  closeSync(file);
}
