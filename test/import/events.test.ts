import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { rows } from "../../src/data/duckdb.ts";
import { importSources } from "../../src/data/import/import-sources.ts";
import { withStore } from "../../src/data/store/open-store.ts";
import { written } from "../data/support.ts";
import { fault, imported, temporary } from "./support.ts";

const directory = temporary();
const T0 = 1_700_000_040;
const lines = (events: readonly object[]) => events.map((e) => `${JSON.stringify(e)}\n`).join("");
const MINUTE = { exchange: "deribit", interval: "1m" } as const;

describe("JSON Lines", () => {
  const quote = (seconds: number, instrument: string, bid: number, ask: number, more = {}) => ({
    timestamp: T0 + seconds,
    instrument,
    best_bid: bid,
    best_ask: ask,
    ...more,
  });

  it("of quotes become bars of the middle price, further numbers columns of their last value", async () => {
    const path = written(
      directory,
      "quotes.jsonl",
      lines([
        quote(0, "BTC-1", 100, 102, { delta: 0.6 }),
        quote(30.5, "BTC-1", 104, 106, { delta: 0.7, iv: 55 }),
        quote(10, "ETH-1", 10, 11),
        quote(20, "BTC-1", 90, 92, { delta: 0.1 }),
        quote(60, "BTC-1", 100, 100),
        quote(59.999, "BTC-1", 98, 99),
      ]),
    );
    const found = await withStore(":memory:", { files: [path], create: true }, async (store) => {
      for await (const report of importSources(store, [path], MINUTE)) {
        expect(report).toMatchObject({ format: "market_quotes", inserted: 3 });
      }
      const sql = `SELECT symbol, epoch_ms(open_time)::DOUBLE, open, high, low, close, isnan(volume), delta, iv
        FROM candles ORDER BY symbol, open_time`;
      return rows(store.connection, { sql, values: [] });
    });
    expect(found).toEqual([
      ["BTC-1", T0 * 1000, 101, 105, 91, 98.5, true, 0.7, 55],
      ["BTC-1", (T0 + 60) * 1000, 100, 100, 100, 100, true, Number.NaN, Number.NaN],
      ["ETH-1", T0 * 1000, 10.5, 10.5, 10.5, 10.5, true, Number.NaN, Number.NaN],
    ]);
  });

  const trade = (seconds: number, price: number, amount: number) => ({
    timestamp: T0 + seconds,
    instrument: "BTC",
    price,
    amount,
  });

  it("of trades become bars, whatever order they come in; ties by arrival", async () => {
    const path = written(
      directory,
      "trades.jsonl.gz",
      gzipSync(
        lines([
          trade(5, 7, 0.1),
          trade(0, 3, 0.2),
          trade(0, 9, 0.3),
          trade(59, 5, 0.1),
          trade(59, 4, 0.1),
        ]),
      ),
    );
    const { bars, reports } = await imported(":memory:", [path], MINUTE);
    expect(reports[0].format).toBe("market_trades");
    expect(bars).toEqual([[T0 * 1000, 3, 9, 3, 4, 0.8]]);
  });

  it("sums of volume are compensated", async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => trade(i / 200, 5, 0.1));
    const path = written(directory, "many.jsonl", lines(many));
    const { bars } = await imported(":memory:", [path], MINUTE);
    expect(bars).toEqual([[T0 * 1000, 5, 5, 5, 5, 1000]]);
  });

  it.each([
    [
      "no number",
      '{"timestamp":1700000001,"instrument":"BTC","price":"7","amount":1}',
      'price is "7"',
    ],
    ["no time", '{"instrument":"BTC","price":7,"amount":1}', "timestamp is missing"],
    ["an infinite number", '{"timestamp":1700000001,"price":1e999,"amount":1}', "price is null"],
    ["no object", "[1,2]", "not a JSON object"],
    ["a truncated object", '{"timestamp":17000', "not a JSON object"],
    [
      "a name for a bar's own column",
      '{"timestamp":1700000001,"price":1,"amount":1,"close":2}',
      '"close"',
    ],
    [
      "a time of no calendar",
      '{"timestamp":1e15,"price":1,"amount":1}',
      "outside of all calendars",
    ],
    ["nesting of depth 100,000", `${"[".repeat(30_000)}`, "not a JSON object"],
  ])("with %s in a line are refused with the line", async (_, line, problem) => {
    const path = written(
      directory,
      "bad.jsonl",
      `${lines([trade(0, 1, 1), trade(1, 1, 1)])}\n${line}\n`,
    );
    const message = await fault(imported(":memory:", [path], MINUTE));
    expect(message).toContain("import_layout: ");
    expect(message).toContain("line 4: ");
    expect(message).toContain(problem);
  });

  it("need an interval, and are stored under the exchange of the option", async () => {
    const path = written(directory, "t.jsonl", lines([trade(0, 1, 1)]));
    expect(await fault(imported(":memory:", [path], { exchange: "x" }))).toMatch(
      /^import_option_needed: .*--interval is needed/,
    );
    expect(await fault(imported(":memory:", [path], { interval: "1m" }))).toMatch(
      /^series_name_missing: .*exchange/,
    );
  });

  it("refuses a line without end and bytes that are not UTF-8", async () => {
    const endless = written(
      directory,
      "long.jsonl",
      `${lines([trade(0, 1, 1)])}{"a":"${"x".repeat(1e5)}`,
    );
    expect(await fault(imported(":memory:", [endless], MINUTE))).toContain("line 2: longer than");
    const broken = Buffer.from(lines([trade(0, 1, 1), trade(1, 1, 1)]));
    broken[75] = 0xff;
    const path = written(directory, "utf8.jsonl", broken);
    expect(await fault(imported(":memory:", [path], MINUTE))).toContain("import_encoding");
  });
});
