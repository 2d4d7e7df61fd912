import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { duck } from "../data/support.ts";
import { fault, imported, stored, temporary } from "./support.ts";

const directory = temporary();
const T0 = Date.UTC(2024, 0, 1);
let made = 0;
const database = (...statements: string[]) =>
  duck(join(directory, `source-${++made}.duckdb`), ...statements);

/** Tables of sandbox-quant, with the types of its schema. */
const KLINES = `CREATE TABLE raw_klines (kline_id BIGINT, mode VARCHAR NOT NULL, product VARCHAR NOT NULL,
  symbol VARCHAR NOT NULL, interval VARCHAR NOT NULL, open_time TIMESTAMP NOT NULL, close_time TIMESTAMP NOT NULL,
  open DOUBLE NOT NULL, high DOUBLE NOT NULL, low DOUBLE NOT NULL, close DOUBLE NOT NULL, volume DOUBLE NOT NULL,
  quote_volume DOUBLE NOT NULL, trade_count BIGINT NOT NULL, taker_buy_base_volume DOUBLE,
  taker_buy_quote_volume DOUBLE, raw_payload VARCHAR NOT NULL)`;
const TRADES = `CREATE TABLE raw_agg_trades (trade_id BIGINT, mode VARCHAR NOT NULL, symbol VARCHAR NOT NULL,
  event_time TIMESTAMP NOT NULL, receive_time TIMESTAMP NOT NULL, price DOUBLE NOT NULL, qty DOUBLE NOT NULL,
  is_buyer_maker BOOLEAN NOT NULL)`;
const BOOK = `CREATE TABLE raw_book_ticker (tick_id BIGINT, mode VARCHAR NOT NULL, symbol VARCHAR NOT NULL,
  event_time TIMESTAMP NOT NULL, receive_time TIMESTAMP NOT NULL, bid DOUBLE NOT NULL, bid_qty DOUBLE NOT NULL,
  ask DOUBLE NOT NULL, ask_qty DOUBLE NOT NULL)`;
const LIQUIDATIONS = `CREATE TABLE raw_liquidation_events (event_id BIGINT, mode VARCHAR NOT NULL,
  symbol VARCHAR NOT NULL, event_time TIMESTAMP NOT NULL, receive_time TIMESTAMP NOT NULL, force_side VARCHAR NOT NULL,
  price DOUBLE NOT NULL, qty DOUBLE NOT NULL, notional DOUBLE NOT NULL, raw_payload VARCHAR NOT NULL)`;
const DERIVED = `CREATE VIEW derived_kline_1s AS SELECT mode, symbol, date_trunc('second', event_time) AS open_time,
  date_trunc('second', event_time) + INTERVAL 1 SECOND AS close_time, arg_min(price, event_time) AS open,
  max(price) AS high, min(price) AS low, arg_max(price, event_time) AS close, sum(qty) AS volume,
  sum(price * qty) AS quote_volume, count(*) AS trade_count FROM raw_agg_trades GROUP BY 1, 2, 3`;
const VERSION = [
  "CREATE TABLE schema_metadata (key VARCHAR, value VARCHAR)",
  "INSERT INTO schema_metadata VALUES ('market_data_schema_version', '9')",
];
const kline = (product: string, symbol: string, i: number, mode = "real", open = 100 + i) =>
  `INSERT INTO raw_klines SELECT ${i}, '${mode}', '${product}', '${symbol}', '1m', t, t + INTERVAL 59 SECOND,
    ${open}, ${open + 2}, ${open - 2}, ${open + 1}, ${i}, 1, 1, NULL, NULL, '{}'
    FROM (SELECT TIMESTAMP '2024-01-01' + INTERVAL ${i} MINUTE AS t)`;
const trade = (ms: number, price: number, qty: number) =>
  `INSERT INTO raw_agg_trades VALUES (1, 'real', 'BTCUSDT', TIMESTAMP '2024-01-01' + to_microseconds(${ms * 1000}), now()::TIMESTAMP, ${price}, ${qty}, true)`;

describe("a dataset of sandbox-quant", () => {
  const all = [KLINES, TRADES, BOOK, LIQUIDATIONS, DERIVED, ...VERSION];

  it("gives its klines, product by product", async () => {
    const path = await database(
      ...all,
      kline("um", "BTCUSDT", 0),
      kline("um", "ETHUSDT", 0),
      kline("um", "BTCUSDT", 1),
    );
    const { bars, reports } = await imported(":memory:", [path]);
    expect(reports).toMatchObject([{ format: "duckdb raw_klines", inserted: 3 }]);
    expect(reports[0].series).toEqual([
      { exchange: "binance_um", symbol: "BTCUSDT", interval: "1m" },
      { exchange: "binance_um", symbol: "ETHUSDT", interval: "1m" },
    ]);
    expect(bars[1]).toEqual([T0 + 60_000, 101, 103, 99, 102, 1]);
    const one = await imported(":memory:", [path], { symbol: "ETHUSDT" });
    expect(one.bars).toEqual([[T0, 100, 102, 98, 101, 0]]);
  });

  it("keeps products and modes apart", async () => {
    const path = await database(
      ...all,
      kline("um", "BTCUSDT", 0),
      kline("cm", "BTCUSDT", 0),
      kline("cm", "BTCUSDT", 0, "demo", 50),
    );
    expect(await fault(imported(":memory:", [path]))).toMatch(/^import_option_needed: .*--product/);
    expect(await fault(imported(":memory:", [path], { product: "cm" }))).toMatch(
      /^import_option_needed: .*--mode is needed: it holds bars of "demo", "real"/,
    );
    const demo = await imported(":memory:", [path], { product: "cm", mode: "demo" });
    expect(demo.reports[0].series[0].exchange).toBe("binance_cm_demo");
    expect(demo.bars).toEqual([[T0, 50, 52, 48, 51, 0]]);
  });

  it("makes bars of its trades as its own view would, without running the view", async () => {
    const trades = [
      trade(100, 10, 1),
      trade(200, 12, 2),
      trade(900, 9, 0.5),
      trade(1500, 11, 4),
      trade(61_000, 20, 1),
    ];
    const path = await database(...all, ...trades);
    const derived = await imported(":memory:", [path], {
      table: "derived_kline_1s",
      exchange: "binance_um",
    });
    expect(derived.bars).toEqual([
      [T0, 10, 12, 9, 9, 3.5],
      [T0 + 1000, 11, 11, 11, 11, 4],
      [T0 + 61_000, 20, 20, 20, 20, 1],
    ]);
    const minutes = await imported(":memory:", [path], {
      table: "raw_agg_trades",
      product: "um",
      interval: "1m",
    });
    expect(minutes.reports[0].series[0].exchange).toBe("binance_um_trades");
    expect(minutes.bars).toEqual([
      [T0, 10, 12, 9, 11, 7.5],
      [T0 + 60_000, 20, 20, 20, 20, 1],
    ]);
  });

  it("makes bars of quotes and liquidations, apart from those of trades", async () => {
    const at = "TIMESTAMP '2024-01-01', TIMESTAMP '2024-01-01'";
    const path = await database(
      ...all,
      `INSERT INTO raw_book_ticker VALUES (1, 'real', 'BTCUSDT', ${at}, 10, 1, 12, 1)`,
      `INSERT INTO raw_liquidation_events VALUES (1, 'real', 'BTCUSDT', ${at}, 'SELL', 9, 3, 27, '{}')`,
    );
    const options = { product: "um", interval: "1m" } as const;
    const quotes = await imported(":memory:", [path], { ...options, table: "raw_book_ticker" });
    expect(quotes.bars).toEqual([[T0, 11, 11, 11, 11, Number.NaN]]);
    expect(quotes.reports[0].series[0].exchange).toBe("binance_um_quotes");
    const forced = await imported(":memory:", [path], {
      ...options,
      table: "raw_liquidation_events",
    });
    expect(forced.bars).toEqual([[T0, 9, 9, 9, 9, 3]]);
    expect(await fault(imported(":memory:", [path], { table: "raw_book_ticker" }))).toMatch(
      /^import_option_needed: .*--interval/,
    );
  });
});

describe("other databases", () => {
  const market =
    "CREATE TABLE market_trades (time TIMESTAMP, instrument VARCHAR, side VARCHAR, price DOUBLE, amount DOUBLE)";

  it("give the trades of swym's market_trades", async () => {
    const path = await database(
      market,
      "INSERT INTO market_trades VALUES (TIMESTAMP '2024-01-01 00:00:30', 'BTC-PERP', 'buy', 5, 2), (TIMESTAMP '2024-01-01 00:00:10', 'BTC-PERP', 'sell', 4, 1)",
    );
    const options = { exchange: "deribit", interval: "1m" } as const;
    const { bars, reports } = await imported(":memory:", [path], options);
    expect(reports[0].series[0].symbol).toBe("BTC-PERP");
    expect(bars).toEqual([[T0, 4, 5, 4, 5, 3]]);
  });

  it("give any table through --map, whatever its names", async () => {
    const path = await database(
      `CREATE TABLE "odd ""name'" ("when?" BIGINT, "open" VARCHAR, o2 DOUBLE, hi FLOAT, lo DECIMAL(9,3), last DOUBLE, vol INTEGER)`,
      `INSERT INTO "odd ""name'" VALUES (1704067200, 'no', 1, 3, 0.5, 2, 7)`,
    );
    const options = {
      table: `odd "name'`,
      exchange: "x",
      symbol: "S",
      interval: "1d",
      map: { time: "when?", open: "o2", high: "hi", low: "lo", close: "last" },
    } as const;
    const { bars } = await imported(":memory:", [path], options);
    expect(bars).toEqual([[T0, 1, 3, 0.5, 2, 7]]);
    expect(
      await fault(imported(":memory:", [path], { ...options, map: { open: "gone" } })),
    ).toMatch(/^map_column_unknown: /);
    expect(await fault(imported(":memory:", [path], { ...options, table: "absent" }))).toMatch(
      /^import_table_unknown: /,
    );
  });

  it("with several tables ask for one", async () => {
    const path = await database("CREATE TABLE a (x INT)", "CREATE TABLE b (x INT)");
    expect(await fault(imported(":memory:", [path]))).toMatch(
      /--table is needed: it has the tables a, b/,
    );
  });
});

describe("a hostile database", () => {
  const secret = () => {
    const path = join(directory, "secret.csv");
    writeFileSync(path, "time,open,high,low,close,volume\n2024-01-01,1,2,0.5,1,1\n");
    return path;
  };

  it("has no view run that reads a file", async () => {
    const view = `CREATE VIEW raw_klines AS SELECT *, 'um' AS product, 'real' AS mode, 'X' AS symbol, '1d' AS interval FROM read_csv('${secret()}')`;
    const path = await database(view, ...VERSION);
    const db = join(directory, "store-view.duckdb");
    expect(await fault(imported(db, [path], { table: "raw_klines" }))).toMatch(
      /^import_table_unknown/,
    );
    expect(await stored(db)).toBe(0);
  });

  it("has no macro run in place of a function", async () => {
    const path = await database(
      KLINES,
      kline("um", "BTCUSDT", 0),
      "CREATE MACRO epoch_us(x) AS 0",
      "CREATE MACRO isfinite(x) AS error('macro ran')",
      `CREATE MACRO current_database() AS (SELECT content FROM read_text('${secret()}'))`,
    );
    const { bars } = await imported(":memory:", [path]);
    expect(bars).toEqual([[T0, 100, 102, 98, 101, 0]]);
  });

  it("with names made of SQL is read as it is, and the store keeps its tables", async () => {
    const symbol = "'; DROP TABLE candles; --";
    const path = await database(KLINES, kline("um", symbol.replaceAll("'", "''"), 0));
    const db = join(directory, 'it\'s a "store".duckdb');
    const { reports } = await imported(db, [path]);
    expect(reports[0].series[0].symbol).toBe(symbol);
    expect(await stored(db)).toBe(1);
    const again = await imported(db, [path], { symbol });
    expect(again.reports).toMatchObject([{ inserted: 0, unchanged: 1 }]);
  });
});
