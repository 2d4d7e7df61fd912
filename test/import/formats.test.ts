import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ImportOptions } from "../../src/data/import/options.ts";
import { plainCsv } from "../data/support.ts";
import { hasShared, imported, SHARED } from "./support.ts";

const FORMATS = join(SHARED, "formats");
const DAILY = { exchange: "nasdaq", interval: "1d" } as const;

/** What a person has to say where the file does not. */
const CASES: Readonly<Record<string, [ImportOptions, series: string, format: string]>> = {
  "ADABTC-1m-2021-11-27.csv": [{}, "binance_spot ADABTC 1m", "binance_kline"],
  "ADABTC-1m-2021-11-27.zip": [{}, "binance_spot ADABTC 1m", "binance_kline"],
  "BTCUSDT-1h-2024-03.zip": [{}, "binance_spot BTCUSDT 1h", "binance_kline"],
  "BTCUSDT-1h-2025-03.zip": [{}, "binance_spot BTCUSDT 1h", "binance_kline"],
  "BTCUSDT-1h-2024-04-um-header.zip": [
    { exchange: "binance_um" },
    "binance_um BTCUSDT 1h",
    "binance_kline",
  ],
  "BTCUSDT-1h-2023-03.zip": [{}, "binance_spot BTCUSDT 1h", "binance_kline"],
  "ETHUSDT-1d-2018_api.json": [{}, "binance_spot ETHUSDT 1d", "binance_api"],
  "NVDA_yahoo.csv": [{ ...DAILY, symbol: "NVDA" }, "nasdaq NVDA 1d", "columns"],
  "goog-2011-yahoofinance.csv": [{ ...DAILY, symbol: "GOOG" }, "nasdaq GOOG 1d", "columns"],
  "CALM-1d-yfinance.csv": [{ ...DAILY, symbol: "CALM" }, "nasdaq CALM 1d", "columns"],
  "UNITTEST_BTC-1m.json": [{ exchange: "bittrex" }, "bittrex UNITTEST/BTC 1m", "ccxt_json"],
  "UNITTEST_BTC-1m.feather": [
    { exchange: "bittrex", symbol: "UNITTESTBTC" },
    "bittrex UNITTESTBTC 1m",
    "freqtrade_feather",
  ],
  "UNITTEST_BTC-8m.json.gz": [
    { exchange: "bittrex", interval: "1m" },
    "bittrex UNITTEST/BTC 1m",
    "ccxt_json",
  ],
  "bitfinex_17-06-16_14-00-00.json": [
    { symbol: "BTCUSD", interval: "1m" },
    "bitfinex BTCUSD 1m",
    "bitfinex",
  ],
  "lean_equity_hour_spwr.zip": [{ exchange: "nasdaq" }, "nasdaq SPWR 1h", "lean"],
  "lean_crypto_minute_20180404_trade.zip": [{ exchange: "coinbase" }, "coinbase BTCUSD 1m", "lean"],
  "tradingview_futures_1h.csv": [
    { exchange: "nymex", symbol: "CL1!", interval: "1h" },
    "nymex CL1! 1h",
    "columns",
  ],
  "mt5_XAUUSDd1.csv": [
    { exchange: "broker", symbol: "XAUUSD", interval: "1d", points: 100 },
    "broker XAUUSD 1d",
    "metatrader",
  ],
  "orcl-2010-googlefinance.csv": [{ ...DAILY, symbol: "ORCL" }, "nasdaq ORCL 1d", "google_finance"],
  "backtrader_fesx_1m.txt.gz": [
    { exchange: "eurex", symbol: "FESX", interval: "1m" },
    "eurex FESX 1m",
    "date_and_time",
  ],
};

interface Entry {
  readonly file: string;
  readonly expected: string;
  readonly rows: number;
  readonly first_ts: string;
  readonly last_ts: string;
}

const INDEX: Entry[] = hasShared
  ? JSON.parse(readFileSync(join(FORMATS, "INDEX.json"), "utf8"))
  : [];

describe.skipIf(!hasShared)("the public formats (needs ../shared/data)", () => {
  it("have each a case here", () => {
    expect(Object.keys(CASES).sort()).toEqual(INDEX.map(({ file }) => file).sort());
  });

  it.each(INDEX)(
    "imports $file to the bit",
    async ({ file, expected, rows, first_ts, last_ts }) => {
      const [options, series, format] = CASES[file];
      const { reports, bars } = await imported(":memory:", [join(FORMATS, file)], options, 2);
      expect(bars).toEqual(plainCsv(join(FORMATS, expected)));
      expect(bars.length).toBe(rows);
      expect([bars[0][0], bars.at(-1)?.[0]]).toEqual([Date.parse(first_ts), Date.parse(last_ts)]);
      expect(reports).toMatchObject([
        { format, rows, inserted: rows },
        { format, rows, inserted: 0, unchanged: rows },
      ]);
      const [{ exchange, symbol, interval }] = reports[0].series;
      expect(`${exchange} ${symbol} ${interval}`).toBe(series);
    },
  );
});
