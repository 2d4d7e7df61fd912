import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadDataset } from "../../src/data/index.ts";
import { duck, fault, temporary, written } from "./support.ts";

const directory = temporary();
const T0 = 1704067200000;
let files = 0;
const database = (...statements: string[]) =>
  duck(join(directory, `d${files++}.duckdb`), ...statements);

const CANDLES =
  "CREATE TABLE candles(exchange VARCHAR, symbol VARCHAR, interval VARCHAR, open_time BIGINT, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE)";
/** Hourly (or daily) bars from T0 on, close counting from 1. */
const candles = (
  exchange: string,
  symbol: string,
  interval: string,
  count = 10,
  step = 3_600_000,
) =>
  `INSERT INTO candles SELECT '${exchange}', '${symbol}', '${interval}', ${T0} + i * ${step}, 1, 100, 0.5, i + 1, 7 FROM range(${count}) AS t(i)`;

const KLINES =
  "CREATE TABLE raw_klines(mode VARCHAR, product VARCHAR, symbol VARCHAR, interval VARCHAR, open_time BIGINT, close_time BIGINT, open DECIMAL(18, 8), high DECIMAL(18, 8), low DECIMAL(18, 8), close DECIMAL(18, 8), volume DECIMAL(28, 8), quote_volume DECIMAL(28, 8), trades INTEGER)";
const klines = (mode: string, product: string, symbol: string, interval = "1h") =>
  `INSERT INTO raw_klines SELECT '${mode}', '${product}', '${symbol}', '${interval}', ${T0} + i * 3600000, ${T0} + (i + 1) * 3600000 - 1, 1, 100, 0.5, i + 1.25, 7, 8, 9 FROM range(5) AS t(i)`;

describe("our own candles table", () => {
  it("is read in the order of time, whatever the order of its rows", async () => {
    const path = await database(
      CANDLES,
      candles("binance", "BTCUSDT", "1h"),
      "CREATE TABLE c2 AS FROM candles ORDER BY close DESC",
      "DELETE FROM candles",
      "INSERT INTO candles FROM c2",
    );
    const dataset = await loadDataset(path);
    expect([...dataset.bars.close]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(dataset).toMatchObject({
      state: "ok",
      exchange: "binance",
      symbol: "BTCUSDT",
      interval: "1h",
      stepMs: 3_600_000,
      from: T0,
      to: T0 + 9 * 3_600_000,
      mode: null,
      product: null,
    });
  });

  it.each([
    ["TIMESTAMP", `make_timestamp_ms(open_time)`],
    ["TIMESTAMPTZ", `make_timestamp_ms(open_time)::TIMESTAMPTZ`],
    ["BIGINT", "open_time * 1000"],
    ["BIGINT", "open_time // 1000"],
  ])("with open_time as %s, %s", async (type, expression) => {
    const path = await database(
      CANDLES.replace("open_time BIGINT", `open_time ${type}`).replace("candles", "c2"),
      CANDLES,
      candles("binance", "BTC", "1h"),
      `INSERT INTO c2 SELECT * REPLACE (${expression} AS open_time) FROM candles`,
      "DROP TABLE candles",
      "ALTER TABLE c2 RENAME TO candles",
    );
    const dataset = await loadDataset(path, {
      from: T0 + 2 * 3_600_000,
      to: "2024-01-01T05:00",
      warmupBars: 1,
    });
    expect([...dataset.bars.close]).toEqual([2, 3, 4, 5]);
    expect([dataset.warmup, dataset.from]).toEqual([1, T0 + 2 * 3_600_000]);
  });

  it("of several symbols asks for one, of several exchanges too", async () => {
    const path = await database(
      CANDLES,
      candles("binance", "BTC", "1h"),
      candles("kraken", "BTC", "1h"),
      candles("kraken", "ETH", "1h"),
    );
    expect(await fault(path)).toBe(
      "source_ambiguous: the source holds more than one symbol: BTC, ETH",
    );
    expect(await fault(path, { symbol: "BTC" })).toBe(
      "source_ambiguous: the source holds more than one exchange: binance, kraken",
    );
    expect(await loadDataset(path, { symbol: "BTC", exchange: "kraken" })).toMatchObject({
      exchange: "kraken",
    });
    expect(await loadDataset(path, { symbol: "ETH" })).toMatchObject({ exchange: "kraken" });
    expect(await fault(path, { exchange: "bitstamp" })).toBe(
      'selector_unknown: no exchange "bitstamp"; known: binance, kraken',
    );
  });

  it("without the symbol is a state that names the known ones", async () => {
    const path = await database(
      CANDLES,
      candles("binance", "BTCUSDT", "1h"),
      candles("binance", "ETHUSDT", "1h"),
    );
    const { state, reason, table } = await loadDataset(path, { symbol: "BTCUSTD" });
    expect({ state, message: reason?.message, hint: reason?.hint, rows: table.numRows }).toEqual({
      state: "symbol_not_found",
      message: 'no symbol "BTCUSTD"; known: BTCUSDT, ETHUSDT',
      hint: 'did you mean "BTCUSDT"?',
      rows: 0,
    });
  });

  it("without the interval is empty and names the ranges that exist", async () => {
    const path = await database(
      CANDLES,
      candles("binance", "BTC", "1h"),
      candles("binance", "BTC", "1d", 3, 86_400_000),
    );
    const { state, reason } = await loadDataset(path, { symbol: "BTC", interval: "5m" });
    expect([state, reason?.hint]).toEqual([
      "empty_dataset",
      "there is: binance BTC 1d from 2024-01-01T00:00:00Z to 2024-01-03T00:00:00Z (3 bars), binance BTC 1h from 2024-01-01T00:00:00Z to 2024-01-01T09:00:00Z (10 bars)",
    ]);
    expect(await loadDataset(path, { interval: "1d" })).toMatchObject({
      interval: "1d",
      state: "ok",
    });
    expect(await fault(path)).toContain("more than one interval: 1d, 1h");
  });

  it("without bars in the window, or at all, is empty", async () => {
    const path = await database(CANDLES, candles("binance", "BTC", "1h"));
    expect((await loadDataset(path, { from: "2030-01-01" })).reason?.hint).toContain(
      "from 2024-01-01T00:00:00Z",
    );
    expect(await loadDataset(await database(CANDLES))).toMatchObject({ state: "empty_dataset" });
  });

  it("with a bar twice is an error", async () => {
    const path = await database(
      CANDLES,
      candles("binance", "BTC", "1h"),
      candles("binance", "BTC", "1h", 1),
    );
    expect(await fault(path)).toContain(
      "time_duplicated: table candles: second bar for 2024-01-01T00:00:00Z: 2024-01-01T00:00:00Z open 1 high 100 low 0.5 close 1 volume 7",
    );
  });

  it("with names that are SQL reads them as names", async () => {
    const path = await database(CANDLES, candles("x", "A''; DROP TABLE candles; --", "1h"));
    expect(await loadDataset(path, { symbol: "A'; DROP TABLE candles; --" })).toMatchObject({
      state: "ok",
    });
  });
});

describe("an existing dataset of raw_klines", () => {
  it("is chosen by mode and product", async () => {
    const path = await database(
      KLINES,
      klines("live", "spot", "BTCUSDT"),
      klines("live", "futures", "BTCUSDT"),
      klines("test", "spot", "BTCUSDT"),
    );
    expect(await fault(path)).toBe(
      "source_ambiguous: the source holds more than one mode: live, test",
    );
    expect(await fault(path, { mode: "live" })).toBe(
      "source_ambiguous: the source holds more than one product: futures, spot",
    );
    const dataset = await loadDataset(path, { mode: "live", product: "spot" });
    expect(dataset).toMatchObject({
      mode: "live",
      product: "spot",
      exchange: null,
      interval: "1h",
    });
    expect([...dataset.bars.close]).toEqual([1.25, 2.25, 3.25, 4.25, 5.25]);
    expect(await fault(path, { product: "options" })).toBe(
      'selector_unknown: no product "options"; known: futures, spot',
    );
  });

  it("beside candles asks which table is meant", async () => {
    const path = await database(
      KLINES,
      klines("live", "spot", "BTC"),
      CANDLES,
      candles("x", "ETH", "1h"),
    );
    expect(await fault(path)).toContain("more than one table: candles, raw_klines");
    expect(await loadDataset(path, { table: "raw_klines" })).toMatchObject({ symbol: "BTC" });
  });

  it("has no exchange, and candles no product", async () => {
    const path = await database(CANDLES, candles("x", "ETH", "1h"));
    expect(await fault(path, { product: "spot" })).toBe(
      "selector_unknown: --product spot: the source has no product column",
    );
  });
});

describe("foreign databases", () => {
  it("a view in place of the table is refused, not run", async () => {
    const path = await database(
      "CREATE VIEW raw_klines AS SELECT * FROM read_csv('/etc/passwd', sep = ':')",
    );
    expect(await fault(path)).toBe("database_view: raw_klines in FILE is a view, not a table");
  });

  it("a table in another schema does not count", async () => {
    const path = await database(
      "CREATE SCHEMA s",
      CANDLES.replace("candles", "s.candles"),
      "CREATE TABLE other(a INT)",
    );
    expect(await fault(path)).toBe(
      "database_no_bars: FILE has no table candles or raw_klines; it has: other",
    );
  });

  it("macros that take the place of built-in functions are not called", async () => {
    const evil = ["epoch_us", "min", "max", "lower", "trim", "try_strptime"].map((name) =>
      name === "try_strptime"
        ? `CREATE MACRO ${name}(a, b) AS (error('called'))`
        : `CREATE MACRO ${name}(a) AS (error('called'))`,
    );
    const path = await database(
      CANDLES.replace("open_time BIGINT", "open_time TIMESTAMP").replace(
        "volume DOUBLE",
        "volume VARCHAR",
      ),
      "INSERT INTO candles SELECT 'x', 'BTC', '1h', TIMESTAMP '2024-01-01' + to_hours(i), 1, 2, 0.5, i + 1, '3' FROM range(2) AS t(i)",
      ...evil,
    );
    expect([...(await loadDataset(path)).bars.volume]).toEqual([3, 3]);
  });

  it("no database, a damaged one and one of nothing", async () => {
    expect(await fault(written(directory, "text.duckdb", "hello ".repeat(1000)))).toBe(
      "file_kind_mismatch: FILE is named like a DuckDB database, but its content is something else",
    );
    const damaged = Buffer.alloc(20_000);
    damaged.write("DUCK", 8);
    expect(await fault(written(directory, "damaged.duckdb", damaged))).toMatch(
      /^database_invalid|^read_failed/,
    );
    expect(await fault(await database())).toBe("database_no_bars: FILE has no tables");
  });

  it("a database that another process writes is an error with advice", async () => {
    const path = await database(CANDLES, candles("x", "BTC", "1h"));
    const script = `import("@duckdb/node-api").then(async ({ DuckDBInstance }) => {
      const instance = await DuckDBInstance.create(${JSON.stringify(path)});
      // Whatever nobody holds is closed when garbage is collected.
      globalThis.held = [instance, await instance.connect()];
      console.log("open");
      setInterval(() => {}, 1000);
    });`;
    const holder = spawn(process.execPath, ["-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      await new Promise((resolve) => holder.stdout.once("data", resolve));
      await expect(loadDataset(path)).rejects.toMatchObject({
        diagnostics: [
          { code: "database_locked", hint: "close the other program, or read a copy of the file" },
        ],
      });
    } finally {
      holder.kill();
    }
  });
});
