import { existsSync } from "node:fs";
import { join } from "node:path";
import * as danfo from "danfojs-node";
import { describe, expect, it } from "vitest";
import { openDataset } from "../../src/data/read/open-dataset.ts";
import { barsAt, HOUR, MINUTE, rowsOf } from "./bars.ts";
import { folder, sql, store, times } from "./store.ts";

const btc = barsAt(times("2024-01-01", HOUR, 100), 1);
const eth = barsAt([...times("2024-01-01", HOUR, 50), ...times("2024-01-03T04:00Z", HOUR, 50)], 2);

async function market(): Promise<string> {
  return store(
    join(folder(), "market.duckdb"),
    { symbol: "BTCUSDT", interval: "1h", bars: { ...btc, delta: btc.volume.map((x) => -x) } },
    { symbol: "ETHUSDT", interval: "1h", bars: eth },
    { symbol: "BTCUSDT", interval: "1m", bars: barsAt(times("2024-01-01", MINUTE, 5), 3) },
  );
}

describe("an open dataset", () => {
  it("lists its series", async () => {
    await using data = await openDataset(await market());
    const names = (await data.series()).map(({ symbol, interval, bars }) => [
      symbol,
      interval,
      bars,
    ]);
    expect(names).toEqual([
      ["BTCUSDT", "1h", 100],
      ["BTCUSDT", "1m", 5],
      ["ETHUSDT", "1h", 100],
    ]);
  });

  it("gives a series as columns of its length, with the extra columns that it has", async () => {
    await using data = await openDataset(await market());
    const columns = await data.columns({ symbol: "BTCUSDT", interval: "1h" });
    expect(columns).toEqual({ ...btc, delta: btc.volume.map((x) => -x) });
    const other = await data.columns({ symbol: "ETHUSDT" });
    expect(other).toEqual(eth);
  });

  it("reads a series by its names where it is the only one, whole or cut", async () => {
    const only = { exchange: "binance_spot", symbol: "ETHUSDT", interval: "1h" } as const;
    const path = await store(join(folder(), "only.duckdb"), { ...only, bars: eth });
    await using data = await openDataset(path);
    expect(await data.columns(only)).toEqual(eth);
    const late = await data.columns({ ...only, from: "2024-01-03T04:00Z" });
    expect([...late.time]).toEqual([...eth.time.subarray(50)]);
    await expect(data.columns({ ...only, symbol: "BTCUSDT" })).rejects.toThrow("symbol_not_found");
  });

  it("cuts by dates that are whole days and by moments", async () => {
    await using data = await openDataset(await market());
    const read = (from: string, to: string) =>
      data.columns({ symbol: "ETHUSDT", columns: ["close"], from, to });
    const day = await read("2024-01-02", "2024-01-02");
    expect(day.time[0]).toBe(Date.parse("2024-01-02"));
    expect(day.time).toHaveLength(24);
    expect(Object.keys(day)).toEqual(["time", "close"]);
    const hours = await read("2024-01-02T00:00", "2024-01-02T03:00");
    expect([...hours.close]).toEqual([...eth.close.subarray(24, 27)]);
  });

  it("shares its buffers with the Arrow table", async () => {
    await using data = await openDataset(await market());
    const table = await data.table({ symbol: "ETHUSDT" });
    expect(table.numRows).toBe(100);
    expect(table.getChild("close")?.toArray()).toEqual(eth.close);
    expect(Number(table.getChild("time")?.get(0))).toBe(eth.time[0]);
  });

  it("becomes a danfo data frame", async () => {
    await using data = await openDataset(await market());
    const frame = await data.dataFrame({ symbol: "ETHUSDT" }, danfo as never);
    const { columns, shape } = frame as unknown as { columns: string[]; shape: number[] };
    expect(columns).toEqual(["time", "open", "high", "low", "close", "volume"]);
    expect(shape).toEqual([100, 6]);
  });

  it("joins symbols on the times of both, of either, or not at all", async () => {
    await using data = await openDataset(await market());
    const symbols = ["BTCUSDT", "ETHUSDT"];
    const query = { symbols, interval: "1h", columns: ["close"] } as const;
    const both = new Set([...btc.time].filter((t) => eth.time.includes(t)));
    const inner = await data.panel(query);
    expect([...inner.time!]).toEqual([...both]);
    const etherOf = new Map([...eth.time].map((t, i) => [t, eth.close[i]]));
    expect([...inner.columns.get("ETHUSDT")!.close]).toEqual([...both].map((t) => etherOf.get(t)));
    const outer = await data.panel({ ...query, join: "outer" });
    const either = [...new Set([...btc.time, ...eth.time])].sort((a, b) => a - b);
    expect([...outer.time!]).toEqual(either);
    expect([...outer.columns.get("ETHUSDT")!.close]).toEqual(
      either.map((t) => etherOf.get(t) ?? Number.NaN),
    );
    const none = await data.panel({ ...query, join: "none" });
    expect(none.time).toBeNull();
    expect(none.columns.get("ETHUSDT")!.close).toEqual(eth.close);
  });

  it("aligns higher timeframes, stored or resampled, without lookahead", async () => {
    await using data = await openDataset(await market());
    const query = { symbol: "BTCUSDT", interval: "1h", higher: ["4h"] } as const;
    await expect(data.columns(query)).rejects.toThrow("empty_dataset");
    const columns = await data.columns({ ...query, higherFrom: "resampled", columns: ["close"] });
    expect(Object.keys(columns)).toEqual(["time", "close", "4h.time", "4h.close"]);
    for (let i = 0; i < 100; i++) {
      const last = Math.floor((i + 1) / 4) * 4 - 1;
      expect(columns["4h.close"][i]).toBe(last < 0 ? Number.NaN : btc.close[last]);
    }
  });

  it("reads the stored bars of a higher timeframe", async () => {
    const path = await market();
    const days = barsAt(times("2024-01-01", 24 * HOUR, 4), 9);
    await store(path, { symbol: "BTCUSDT", interval: "1d", bars: days });
    await using data = await openDataset(path);
    const columns = await data.columns({ symbol: "BTCUSDT", interval: "1h", higher: ["1d"] });
    expect(columns["1d.open"][22]).toBeNaN();
    expect(columns["1d.open"][23]).toBe(days.open[0]);
    expect(columns["1d.open"][99]).toBe(days.open[3]);
  });

  it("names the choices where a query leaves several, and what is there where it finds none", async () => {
    await using data = await openDataset(await market());
    await expect(data.columns()).rejects.toThrow("source_ambiguous");
    await expect(data.columns({ symbol: "BTCUSD" })).rejects.toThrow("symbol_not_found");
    await expect(data.columns({ symbol: "ETHUSDT", interval: "1d" })).rejects.toThrow(
      "empty_dataset",
    );
    await expect(data.columns({ symbol: "ETHUSDT", exchange: "x" })).rejects.toThrow(
      "selector_unknown",
    );
    await expect(data.columns({ symbol: "ETHUSDT", mode: "x" })).rejects.toThrow(
      "selector_unknown",
    );
    await expect(data.columns({ symbol: "ETHUSDT", columns: ["clsoe"] })).rejects.toThrow(
      "dataset_column",
    );
    await data.close();
    await expect(data.columns({ symbol: "ETHUSDT" })).rejects.toThrow("dataset_closed");
  });

  it("answers several questions at once in turn", async () => {
    await using data = await openDataset(await market());
    const asked = Array.from({ length: 8 }, (_, i) =>
      data.columns({ symbol: i % 2 ? "ETHUSDT" : "BTCUSDT", interval: "1h", columns: ["close"] }),
    );
    for (const [i, { close }] of (await Promise.all(asked)).entries()) {
      expect(close).toEqual(i % 2 ? eth.close : btc.close);
    }
  });
});

describe("other sources", () => {
  const collector = async (...statements: string[]) => {
    const path = join(folder(), "raw.duckdb");
    await sql(
      path,
      `CREATE TABLE raw_klines (kline_id BIGINT, mode VARCHAR, product VARCHAR, symbol VARCHAR, interval VARCHAR,
        open_time TIMESTAMP, close_time TIMESTAMP, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE,
        quote_volume DOUBLE, trade_count BIGINT, taker_buy_base_volume DOUBLE, taker_buy_quote_volume DOUBLE, raw_payload VARCHAR)`,
      `INSERT INTO raw_klines SELECT i, 'live', 'spot', 'BTCUSDT', '1m', TIMESTAMP '2024-01-01' + INTERVAL (59 - i) MINUTE, NULL,
        i, i + 1, i - 1, i, NULL, 2 * i, 3 * i, NULL, NULL, '{}' FROM range(60) t(i)`,
      ...statements,
    );
    return path;
  };

  it("reads raw_klines newest first, with its numbers as further columns", async () => {
    await using data = await openDataset(await collector());
    const columns = await data.columns({ symbol: "BTCUSDT", mode: "live", product: "spot" });
    expect([...columns.close]).toEqual(Array.from({ length: 60 }, (_, i) => 59 - i));
    expect(columns.volume.every(Number.isNaN)).toBe(true);
    expect([...columns["trade_count"]]).toEqual(Array.from({ length: 60 }, (_, i) => 3 * (59 - i)));
    expect(Object.keys(columns)).not.toContain("kline_id");
    expect(Object.keys(columns)).not.toContain("taker_buy_base_volume");
  });

  it("refuses a time that occurs twice", async () => {
    const twice = "INSERT INTO raw_klines SELECT * REPLACE (7 AS close) FROM raw_klines LIMIT 1";
    await using data = await openDataset(await collector(twice));
    await expect(data.columns()).rejects.toThrow("time_duplicated");
  });

  it("does not run a view in place of the table", async () => {
    const path = join(folder(), "view.duckdb");
    await sql(path, "CREATE VIEW candles AS SELECT * FROM read_text('/etc/passwd')");
    await expect(openDataset(path)).rejects.toThrow("database_view");
  });

  it("reads a Parquet file with series or without", async () => {
    const path = join(folder(), "it's [1].parquet");
    const source = await market();
    await sql(
      ":memory:",
      `ATTACH '${source}' AS m`,
      `COPY m.candles TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`,
    );
    expect(existsSync(path)).toBe(true);
    await using data = await openDataset(path);
    expect(rowsOf(await data.columns({ symbol: "ETHUSDT" }))).toEqual(rowsOf(eth));
  });

  it("refuses files that are no dataset", async () => {
    const { writeFileSync } = await import("node:fs");
    const csv = join(folder(), "bars.csv");
    writeFileSync(csv, "time,open,high,low,close\n");
    await expect(openDataset(csv)).rejects.toThrow("dataset_kind");
    await expect(openDataset(join(folder(), "none.duckdb"))).rejects.toThrow("file_not_found");
    await expect(openDataset(folder())).rejects.toThrow("archive_layout");
  });
});

describe("a table of many further columns", () => {
  it("is read whole in the little memory that reading takes", async () => {
    const path = join(folder(), "wide.duckdb");
    const further = Array.from({ length: 64 }, (_, k) => `sin(i * ${k + 1}) AS e${k}`).join(", ");
    await sql(
      path,
      `CREATE TABLE candles AS SELECT 'binance_spot' AS exchange, 'BTCUSDT' AS symbol, '1m' AS interval,
        make_timestamp(1500000000000000 + i * 60000000) AS open_time, 1.5 AS open, 2.5 AS high, 0.5 AS low,
        1.25 AS close, 7.5 AS volume, ${further} FROM range(250000) t(i)`,
    );
    const data = await openDataset(path);
    const columns = await data.columns();
    await data.close();
    expect(Object.keys(columns)).toHaveLength(6 + 64);
    expect(columns.time).toHaveLength(250_000);
    for (const i of [0, 1, 122_879, 249_999]) {
      expect(columns["e63"][i]).toBeCloseTo(Math.sin(i * 64), 12);
    }
  }, 60_000);
});
