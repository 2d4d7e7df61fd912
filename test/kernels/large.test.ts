import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { kernelOf } from "../../src/indicators/registry.ts";
import { column, hasShared, readColumns, SHARED, SKIPPED } from "./golden-data.ts";

if (!hasShared) console.log(`golden values on 1,540,000 bars: skipped, ${SKIPPED}`);

/** Highs, lows and closes of the one-minute bars. */
async function readBars(): Promise<Record<"high" | "low" | "close", Float64Array>> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const result = await connection.stream(
    "select high, low, close from read_parquet($path) order by ts",
    { path: `${SHARED}ohlcv/bfx_btcusd_1m.parquet` },
  );
  const columns: number[][] = [[], [], []];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    columns.forEach((values, k) => {
      const vector = chunk.getColumnVector(k);
      for (let i = 0; i < chunk.rowCount; i++) values.push(vector.getItem(i) as number);
    });
  }
  connection.closeSync();
  const [high, low, close] = columns.map((values) => Float64Array.from(values));
  return { high, low, close };
}

describe.skipIf(!hasShared)("on 1,540,000 bars, sampled to the end", () => {
  test("every kernel equals backtrader", async () => {
    const bars = await readBars();
    const golden = readColumns("large/bfx_btcusd_1m.backtrader.sample.csv");
    const at = column(golden, "bar");
    const recipes = [
      ["ema_200", "ema", [200], "close", 0],
      ["rsi_14", "rsi", [14], "close", 0],
      ["sma_50", "sma", [50], "close", 0],
      ["std_20", "std_dev", [20], "close", 1e-5],
      ["highest_high_100", "highest", [100], "high", 0],
      ["lowest_low_100", "lowest", [100], "low", 0],
    ] as const;
    for (const [name, indicator, params, source, tolerance] of recipes) {
      const out = new Float64Array(bars.close.length);
      kernelOf(indicator, "backtrader")([bars[source]], params, [out]);
      const wanted = column(golden, name);
      for (let i = 0; i < at.length; i++) {
        const found = out[at[i]];
        if (Number.isNaN(wanted[i])) expect(found, `${name} at bar ${at[i]}`).toBeNaN();
        else {
          const allowed = tolerance * Math.max(wanted[i], 1e-4 * bars.close[at[i]]);
          expect(Math.abs(found - wanted[i]), `${name} at bar ${at[i]}`).toBeLessThanOrEqual(
            allowed,
          );
        }
      }
      expect(at[at.length - 1]).toBe(bars.close.length - 1);
    }
  });
});
