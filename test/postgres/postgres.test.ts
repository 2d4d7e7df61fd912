import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rows } from "../../src/data/duckdb.ts";
import { loadDataset } from "../../src/data/index.ts";
import {
  importPostgres,
  type PostgresImportOptions,
} from "../../src/data/postgres/import-postgres.ts";
import { openDataset } from "../../src/data/read/open-dataset.ts";
import { type Store, withStore } from "../../src/data/store/open-store.ts";
import type { SwymcError } from "../../src/diagnostics/index.ts";
import { rules, swymc } from "../cli/run.ts";
import { barAt } from "../fetch/exchanges.ts";
import { HOUR, inMemory, newDatabase, storedBars } from "../fetch/support.ts";
import {
  PASSWORD,
  POSTGRES_BIN,
  type PostgresServer,
  startPostgres,
  withoutPostgres,
} from "./server.ts";

const START = Date.UTC(2024, 0, 1);
const HOURS = 300;
/** The tables as the collector makes them in PostgreSQL. */
const KLINES = `mode text NOT NULL, product text NOT NULL, symbol text NOT NULL, interval_name text NOT NULL,
  open_time timestamptz NOT NULL, close_time timestamptz NOT NULL, open double precision NOT NULL,
  high double precision NOT NULL, low double precision NOT NULL, close double precision NOT NULL,
  volume double precision NOT NULL, quote_volume double precision NOT NULL, trade_count bigint NOT NULL,
  taker_buy_base_volume double precision, taker_buy_quote_volume double precision, raw_payload text NOT NULL`;

let server: PostgresServer;

beforeAll(async () => {
  if (POSTGRES_BIN === undefined) return;
  server = await startPostgres();
  const series = [
    ["real", "um", "BTCUSDT", "1h", HOURS],
    ["real", "um", "ETHUSDT", "1h", 48],
    ["real", "spot", "BTCUSDT", "1h", 24],
    ["demo", "um", "BTCUSDT", "1h", 12],
  ] as const;
  const klines = series.flatMap(([mode, product, symbol, interval, count]) =>
    Array.from({ length: count }, (_, i) => {
      const [open, high, low, close, volume] = barAt(START + i * HOUR, HOUR);
      const at = new Date(START + i * HOUR).toISOString();
      return `('${mode}','${product}','${symbol}','${interval}','${at}','${at}',${open},${high},${low},${close},${volume},1,1,NULL,NULL,'{}')`;
    }),
  );
  const trades = Array.from({ length: 240 }, (_, i) => {
    const at = new Date(START + i * 15_000).toISOString();
    return `('real','BTCUSDT','${at}','${at}',${100 + (i % 7)},${0.1},${i % 2 === 0})`;
  });
  await server.run(
    `CREATE TABLE raw_klines (kline_id bigserial PRIMARY KEY, ${KLINES})`,
    // Stored in no order of time.
    `INSERT INTO raw_klines (mode, product, symbol, interval_name, open_time, close_time, open, high, low, close,
      volume, quote_volume, trade_count, taker_buy_base_volume, taker_buy_quote_volume, raw_payload)
      SELECT * FROM (VALUES ${klines.join(",")}) AS v(m,p,s,i,t,c,o,h,l,cl,vo,q,n,a,b,r) ORDER BY md5(t || s)`.replace(
      "SELECT *",
      "SELECT m,p,s,i,t::timestamptz,c::timestamptz,o,h,l,cl,vo,q,n,a::float8,b::float8,r",
    ),
    `CREATE TABLE raw_agg_trades (trade_id bigserial PRIMARY KEY, mode text, symbol text, event_time timestamptz,
      receive_time timestamptz, price double precision, qty double precision, is_buyer_maker boolean)`,
    `INSERT INTO raw_agg_trades (mode, symbol, event_time, receive_time, price, qty, is_buyer_maker) VALUES ${trades.join(",")}`,
    `CREATE TABLE raw_book_ticker (tick_id bigserial PRIMARY KEY, mode text, symbol text, event_time timestamptz,
      receive_time timestamptz, bid double precision, bid_qty double precision, ask double precision, ask_qty double precision)`,
    `INSERT INTO raw_book_ticker (mode, symbol, event_time, receive_time, bid, bid_qty, ask, ask_qty) VALUES
      ('real','BTCUSDT','2024-01-01 00:00:01Z','2024-01-01 00:00:01Z',99,1,101,1),
      ('real','BTCUSDT','2024-01-01 00:00:02Z','2024-01-01 00:00:02Z',109,1,111,1),
      ('real','BTCUSDT','2024-01-01 00:01:02Z','2024-01-01 00:01:02Z',89,1,91,1)`,
    `CREATE TABLE raw_liquidation_events (event_id bigserial PRIMARY KEY, mode text, product text, symbol text,
      event_time timestamptz, receive_time timestamptz, force_side text, price double precision, qty double precision,
      notional double precision, raw_payload text)`,
    `INSERT INTO raw_liquidation_events (mode, product, symbol, event_time, receive_time, force_side, price, qty, notional, raw_payload) VALUES
      ('real','um','BTCUSDT','2024-01-01 00:00:30Z','2024-01-01 00:00:30Z','SELL',98,2,196,'{}')`,
    "CREATE DATABASE other",
  );
  const { Client } = await import("pg");
  const other = new Client({ connectionString: server.url("other") });
  await other.connect();
  await other.query(`CREATE TABLE market_trades (ts timestamp, instrument text, side text, price double precision, amount double precision);
    INSERT INTO market_trades VALUES ('2024-01-01 00:00:10','BTC-PERP','buy',100,1),('2024-01-01 00:00:50','BTC-PERP','sell',105,2.5),
      ('2024-01-01 00:02:00','BTC-PERP','buy',90,1);
    CREATE SCHEMA quotes;
    CREATE TABLE quotes."daily ""bars""" (day date, px_open numeric(12,4), px_high numeric, px_low real, px_close numeric, "Shares" bigint, note jsonb);
    INSERT INTO quotes."daily ""bars""" VALUES ('2024-01-02', 10.1, 11, 9.5, 10.5, 1000, '{}'), ('2024-01-03', 10.5, 12, 10, 11.25, NULL, '{}');
    CREATE TABLE epochs (time bigint, open float8, high float8, low float8, close float8, volume float8);
    INSERT INTO epochs SELECT 1704067200 + i * 3600, 1, 2, 0.5, 1.5, i FROM generate_series(0, 9) i;
    CREATE TABLE faulty (time timestamptz, open float8, high float8, low float8, close float8, volume float8);
    INSERT INTO faulty VALUES ('2024-01-01Z', 1, 2, 0.5, 1.5, 1), (NULL, 1, 2, 0.5, 1.5, 1), ('2024-01-01 02:00Z', 'NaN', 2, 0.5, 1.5, 1);
    CREATE TABLE texts (time text, open float8, high float8, low float8, close float8);`);
  await other.end();
}, 120_000);

afterAll(() => server?.stop());

function imported(
  store: Store,
  options: PostgresImportOptions,
  database?: string,
): ReturnType<typeof importPostgres> {
  return importPostgres(store, server.url(database), options);
}

function expectedBars(count: number, from = START): number[][] {
  return Array.from({ length: count }, (_, i) => {
    const time = from + i * HOUR;
    return [time, ...barAt(time, HOUR).map(Number)];
  });
}

test("PostgreSQL is here where it has to be", () => {
  if (process.env["CI"]) expect(POSTGRES_BIN, "CI has to install postgresql").toBeDefined();
  else if (POSTGRES_BIN === undefined) console.warn(`test/postgres: ${withoutPostgres}`);
});

describe.skipIf(POSTGRES_BIN === undefined)("import from PostgreSQL", () => {
  test("brings every series of raw_klines in order, under the exchange of its product and mode", () =>
    inMemory(async (store) => {
      const reports = await imported(store, { table: "raw_klines" });
      const sql =
        "SELECT exchange, symbol, count(*)::INT FROM main.candles GROUP BY ALL ORDER BY ALL";
      expect(await rows(store.connection, { sql, values: [] })).toEqual([
        ["binance_spot", "BTCUSDT", 24],
        ["binance_um", "BTCUSDT", HOURS],
        ["binance_um", "ETHUSDT", 48],
        ["binance_um_demo", "BTCUSDT", 12],
      ]);
      expect(await storedBars(store, "binance_um", "BTCUSDT")).toEqual(expectedBars(HOURS));
      expect(reports.map(({ inserted }) => inserted).sort()).toEqual([12, 24, HOURS, 48].sort());
      const again = await imported(store, { table: "raw_klines" });
      expect(again.every(({ inserted, replaced }) => inserted + replaced === 0)).toBe(true);
    }));

  test("selects by symbols, interval, product, mode and time", () =>
    inMemory(async (store) => {
      const reports = await imported(store, {
        table: "raw_klines",
        symbols: ["BTCUSDT", "XRPUSDT"],
        interval: "1h",
        product: "um",
        mode: "real",
        from: "2024-01-02",
        to: "2024-01-03",
      });
      expect(reports).toMatchObject([{ inserted: 48, format: "postgres raw_klines" }]);
      const bars = await storedBars(store, "binance_um", "BTCUSDT");
      expect(bars).toEqual(expectedBars(48, START + 24 * HOUR));
    }));

  test("gathers trades, quotes and liquidations into bars that never meet", () =>
    inMemory(async (store) => {
      const options = { interval: "1m" as const, product: "um", skip: ["raw_klines"] };
      await imported(store, options);
      const trades = await storedBars(store, "binance_um_trades", "BTCUSDT");
      expect(trades).toHaveLength(60);
      // Four trades a minute at 100, 101, …: the second minute has 104, 105, 106, 100.
      expect(trades[1].slice(0, 5)).toEqual([START + 60_000, 104, 106, 100, 100]);
      expect(trades[1][5]).toBeCloseTo(0.4, 15);
      expect(await storedBars(store, "binance_um_quotes", "BTCUSDT")).toEqual([
        [START, 100, 110, 100, 110, Number.NaN],
        [START + 60_000, 90, 90, 90, 90, Number.NaN],
      ]);
      expect(await storedBars(store, "binance_um_liquidations", "BTCUSDT")).toEqual([
        [START, 98, 98, 98, 98, 2],
      ]);
    }));

  test("reads market_trades, tables by --map, and epoch numbers", () =>
    inMemory(async (store) => {
      await imported(store, { exchange: "deribit", interval: "1m" }, "other");
      expect(await storedBars(store, "deribit", "BTC-PERP")).toEqual([
        [START, 100, 105, 100, 105, 3.5],
        [START + 120_000, 90, 90, 90, 90, 1],
      ]);
      const map = {
        time: "day",
        open: "px_open",
        high: "px_high",
        low: "px_low",
        close: "px_close",
        volume: "Shares",
      };
      const names = { exchange: "nyse", symbol: "SPY", interval: "1d" as const };
      await imported(store, { ...names, table: 'quotes.daily "bars"', map }, "other");
      expect(await storedBars(store, "nyse", "SPY")).toEqual([
        [Date.UTC(2024, 0, 2), 10.1, 11, 9.5, 10.5, 1000],
        [Date.UTC(2024, 0, 3), 10.5, 12, 10, 11.25, Number.NaN],
      ]);
      const hourly = {
        exchange: "x",
        symbol: "EPOCHS",
        interval: "1h" as const,
        from: "2024-01-01T02:00",
      };
      const [report] = await imported(store, { ...hourly, table: "epochs" }, "other");
      expect(report.inserted).toBe(8);
    }));

  test("keeps further numbers that --map names, series by series, and reads them back", async () => {
    const db = newDatabase();
    const map = { turnover: "quote_volume", trades: "trade_count", taker: "taker_buy_base_volume" };
    const options = { table: "raw_klines", product: "um", mode: "real", map };
    await withStore(db, { create: true }, async (store) => {
      const reports = await imported(store, options);
      expect(reports.map(({ inserted }) => inserted)).toEqual([HOURS, 48]);
      const sql = `SELECT symbol, count(turnover)::INT, sum(turnover), sum(trades), count(taker)::INT
        FROM main.candles GROUP BY symbol ORDER BY symbol`;
      expect(await rows(store.connection, { sql, values: [] })).toEqual([
        ["BTCUSDT", HOURS, HOURS, HOURS, 0],
        ["ETHUSDT", 48, 48, 48, 0],
      ]);
      const again = await imported(store, options);
      expect(again.map(({ inserted, unchanged }) => [inserted, unchanged])).toEqual([
        [0, HOURS],
        [0, 48],
      ]);
    });
    const data = await openDataset(db);
    const { time, turnover, trades, ...rest } = await data.columns({ symbol: "ETHUSDT" });
    await data.close();
    expect(time[0]).toBe(START);
    expect([...turnover, ...trades]).toEqual(Array(96).fill(1));
    expect(Object.keys(rest)).toEqual(["open", "high", "low", "close", "volume"]);
  });

  test("keeps integers and decimals of other tables, null where there is none", () =>
    inMemory(async (store) => {
      const prices = { open: "px_open", high: "px_high", low: "px_low", close: "px_close" };
      const map = { ...prices, time: "day", shares: "Shares" };
      const names = { exchange: "nyse", symbol: "SPY", interval: "1d" as const };
      await imported(store, { ...names, table: 'quotes.daily "bars"', map }, "other");
      const sql = "SELECT open, volume, shares FROM main.candles ORDER BY open_time";
      expect(await rows(store.connection, { sql, values: [] })).toEqual([
        [10.1, Number.NaN, 1000],
        [10.5, Number.NaN, null],
      ]);
    }));

  test.each([
    [
      { table: 'quotes.daily "bars"', map: { memo: "note" } },
      /column_missing|postgres_column_type/,
    ],
    [{ table: "epochs", map: { memo: "nothing" } }, /map_column_unknown/],
    [{ table: "epochs", map: { memo: "volume", worth: "volume" } }, /import_layout/],
    [{ table: "epochs", map: { "drop table": "volume" } }, /map_role_unknown/],
    [{ table: "market_trades", map: { memo: "side" } }, /map_role_unknown/],
  ])("%j is refused", (options, code) =>
    inMemory(async (store) => {
      const names = { exchange: "x", symbol: "S", interval: "1h" as const };
      const error = await failed(imported(store, { ...names, ...options }, "other"));
      expect(error.diagnostics[0].code).toMatch(code);
    }),
  );

  test("takes times without a zone as those of --timezone", () =>
    inMemory(async (store) => {
      const options = {
        exchange: "deribit",
        interval: "1m" as const,
        timezone: "America/New_York",
      };
      await imported(
        store,
        { ...options, table: "market_trades", to: "2024-01-01T05:01" },
        "other",
      );
      const bars = await storedBars(store, "deribit", "BTC-PERP");
      expect(bars.map(([time]) => time)).toEqual([START + 5 * HOUR]);
    }));

  test("refuses faulty rows whole", () =>
    inMemory(async (store) => {
      const names = { exchange: "x", symbol: "F", interval: "1h" as const, table: "faulty" };
      const error = await failed(imported(store, names, "other"));
      expect(error.diagnostics.map(({ code }) => code)).toContain("import_refused");
      expect(await storedBars(store, "x", "F")).toEqual([]);
    }));

  test.each([
    [{ table: "raw_kline" }, "postgres", "postgres_table"],
    [{ table: "raw_klines; DROP TABLE raw_klines" }, "postgres", "postgres_table"],
    [{ table: "raw_agg_trades" }, "postgres", "import_option_needed"],
    [{ table: "raw_agg_trades", interval: "1m" as const }, "postgres", "series_name_missing"],
    [{ table: "texts", exchange: "x", symbol: "T" }, "other", "postgres_column_type"],
    [{ table: "epochs", map: { open: "nothing" } }, "other", "map_column_unknown"],
    [
      { table: "raw_klines", symbols: ["'; DROP TABLE raw_klines; --"] },
      "postgres",
      "empty_dataset",
    ],
    [{ table: "raw_klines", from: "soon" }, "postgres", "date_option"],
    [{}, "nowhere", "postgres_unreachable"],
  ])("%j of %s is %s", (options, database, code) =>
    inMemory(async (store) => {
      const error = await failed(imported(store, options, database));
      expect(error.diagnostics[0].code).toBe(code);
      expect(await server.connect().then(countAndEnd)).toBe(HOURS + 48 + 24 + 12);
    }),
  );

  test("never tells the password", async () => {
    const urls = [
      server.url("nowhere"),
      server.url().replace("swymc:", "nobody:"),
      server.url().replace(/:\d+\//, ":1/"),
      server.url().replace("127.0.0.1", "127.0.0.1:x"),
      server.url("other"),
    ];
    for (const url of urls) {
      for (const json of [[], ["--json"]]) {
        const ran = await swymc(
          ...[
            "data",
            "import",
            "--postgres",
            url,
            "--table",
            "faulty",
            "--interval",
            "1h",
            "--db",
            newDatabase(),
            ...json,
          ],
        );
        expect(ran.code).toBe(1);
        const told = ran.out + ran.err;
        expect(told).not.toContain(PASSWORD);
        expect(told).not.toContain(encodeURIComponent(PASSWORD));
      }
    }
  });

  test("holds a bounded part of a table at a time", () =>
    inMemory(async (store) => {
      await server.run(
        "CREATE TABLE many (event_time timestamptz, symbol text, price float8, qty float8)",
        "INSERT INTO many SELECT timestamptz '2024-01-01Z' + i * interval '1 second', 'S', 100 + i % 10, 1 FROM generate_series(0, 399999) i",
      );
      const before = process.memoryUsage().rss;
      let peak = before;
      const timer = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().rss);
      }, 20);
      const options = { table: "many", exchange: "x", interval: "1m" as const };
      const [report] = await imported(store, options);
      clearInterval(timer);
      expect(report.inserted).toBe(Math.ceil(400_000 / 60));
      // The rows as COPY sends them have 20 MB, as objects of pg they would have 200.
      expect(peak - before).toBeLessThan(120e6);
    }));
});

describe.skipIf(POSTGRES_BIN === undefined)("--data postgres://…", () => {
  const series = { table: "raw_klines", symbol: "BTCUSDT", product: "um", mode: "real" };

  test("is a dataset of one series", async () => {
    const dataset = await loadDataset(server.url(), { ...series, interval: "1h" });
    expect(dataset).toMatchObject({
      state: "ok",
      symbol: "BTCUSDT",
      product: "um",
      mode: "real",
      interval: "1h",
      from: START,
      to: START + (HOURS - 1) * HOUR,
      warnings: [],
    });
    const { time, open, high, low, close, volume } = dataset.bars;
    const found = Array.from(time, (t, i) => [t, open[i], high[i], low[i], close[i], volume[i]]);
    expect(found).toEqual(expectedBars(HOURS));
    expect(dataset.source).not.toContain("swymc:");
  });

  test("is cut to a window, with bars before it to warm up", async () => {
    const range = { from: "2024-01-03", to: "2024-01-04", warmupBars: 10 };
    const dataset = await loadDataset(server.url(), { ...series, ...range });
    expect(dataset.warmup).toBe(10);
    expect(dataset.bars.time).toHaveLength(58);
    expect(dataset.bars.time[0]).toBe(START + 38 * HOUR);
    const whole = await loadDataset(server.url(), series);
    expect(dataset.bars.close).toEqual(whole.bars.close.slice(38, 96));
  });

  test("says what there is where the choice is not one series", async () => {
    const ambiguous = await failed(
      loadDataset(server.url(), { table: "raw_klines", symbol: "BTCUSDT" }),
    );
    expect(ambiguous.diagnostics[0].code).toBe("source_ambiguous");
    const unknown = await loadDataset(server.url(), { ...series, symbol: "BTCUSD" });
    expect(unknown.state).toBe("symbol_not_found");
    expect(unknown.reason?.hint).toContain("BTCUSDT");
    const trades = await failed(loadDataset(server.url(), { table: "raw_agg_trades" }));
    expect(trades.diagnostics[0].code).toBe("import_option_needed");
    const limited = await failed(loadDataset(server.url(), { ...series, maxBars: 100 }));
    expect(limited.diagnostics[0].code).toBe("too_many_bars");
  });

  test("serves backtest, whose snapshot gives the same result", async () => {
    const db = newDatabase();
    const run = [
      "backtest",
      rules("ema_crossover"),
      "--symbol",
      "BTCUSDT",
      "--interval",
      "1h",
      "--json",
    ];
    const direct = await swymc(
      ...run,
      ...[
        "--data",
        server.url(),
        "--table",
        "raw_klines",
        "--product",
        "um",
        "--mode",
        "real",
        "--snapshot",
        db,
      ],
    );
    expect([direct.code, direct.err]).toEqual([0, ""]);
    expect(existsSync(db)).toBe(true);
    const kept = await swymc(...run, "--data", db, "--exchange", "binance_um");
    const [a, b] = [direct, kept].map(({ out }) => JSON.parse(out));
    expect(b.metrics).toEqual(a.metrics);
    expect(b.trades).toEqual(a.trades);
    expect(direct.out).not.toContain(encodeURIComponent(PASSWORD));
    await withStore(db, { readOnly: true }, async (store) => {
      expect(await storedBars(store, "binance_um", "BTCUSDT")).toEqual(expectedBars(HOURS));
    });
  });
});

async function failed(work: Promise<unknown>): Promise<SwymcError> {
  const error = await work.then(
    () => new Error("it did not fail"),
    (cause: unknown) => cause,
  );
  if (!(error as SwymcError).diagnostics) throw error;
  return error as SwymcError;
}

async function countAndEnd(
  client: Awaited<ReturnType<PostgresServer["connect"]>>,
): Promise<number> {
  const { rows: found } = await client.query("SELECT count(*)::int AS n FROM raw_klines");
  await client.end();
  return found[0].n;
}
