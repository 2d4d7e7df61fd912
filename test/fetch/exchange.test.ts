import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FetchBarsOptions } from "../../src/data/fetch/fetch-bars.ts";
import type { SwymcError } from "../../src/diagnostics/index.ts";
import { swymc } from "../cli/run.ts";
import { barAt, binance, hyperliquid } from "./exchanges.ts";
import { fault, json, startServer, type TestServer } from "./server.ts";
import { DAY, fetched, HOUR, inMemory, newDatabase, storedBars } from "./support.ts";

const LISTED = Date.UTC(2024, 0, 1);
const NOW = Date.UTC(2024, 2, 1, 10, 30);
/** Closed bars from the listing to the exchange's now. */
const HOURS = Math.floor((NOW - LISTED) / HOUR);
const MARKET = { listed: LISTED, now: NOW };

let server: TestServer;
beforeEach(async () => {
  server = await startServer(binance(MARKET, ["BTCUSDT", "ETHUSDT"]), hyperliquid(MARKET));
});
afterEach(() => server.close());

function options(more: Partial<FetchBarsOptions> = {}): FetchBarsOptions {
  return {
    exchange: "binance",
    symbols: ["BTCUSDT"],
    interval: "1h",
    from: "2024-01-01",
    baseUrl: server.url,
    ...more,
  };
}

function klines(): URLSearchParams[] {
  return server.log.filter(({ path }) => path.endsWith("/klines")).map(({ query }) => query);
}

function expectedBars(from: number, to: number, step = HOUR): number[][] {
  const bars: number[][] = [];
  for (let t = from; t < to; t += step) bars.push([t, ...barAt(t, step).map(Number)]);
  return bars;
}

describe("pages of an exchange", () => {
  test("are joined, each bar once and with its very numbers, without the bar that is still open", () =>
    inMemory(async (db) => {
      const { reports, chunks } = await fetched(db, options());
      expect(chunks.map(({ chunk, inserted }) => [chunk, inserted])).toEqual([
        [1, 1000],
        [2, HOURS - 1000],
      ]);
      expect(reports[0]).toMatchObject({
        exchange: "binance_spot",
        symbol: "BTCUSDT",
        interval: "1h",
        chunks: 2,
        inserted: HOURS,
        alreadyStored: 0,
        from: LISTED,
        to: Date.UTC(2024, 2, 1, 9),
        errors: [],
      });
      const open = Date.UTC(2024, 2, 1, 10);
      expect(await storedBars(db, "binance_spot", "BTCUSDT")).toEqual(expectedBars(LISTED, open));
    }));

  test("go on from the last stored bar", () =>
    inMemory(async (db) => {
      await fetched(db, options({ to: "2024-02-10" }));
      const before = klines().length;
      const { reports } = await fetched(db, options());
      expect(klines()[before].get("startTime")).toBe(String(Date.UTC(2024, 1, 11)));
      const stored = 41 * 24;
      expect(reports[0]).toMatchObject({ inserted: HOURS - stored, alreadyStored: stored });
      const again = await fetched(db, options());
      expect(again.reports[0]).toMatchObject({ chunks: 0, inserted: 0, alreadyStored: HOURS });
    }));

  test("fill a hole in what is stored, and end with the range", () =>
    inMemory(async (db) => {
      await fetched(db, options({ to: "2024-01-05" }));
      await fetched(db, options({ from: "2024-01-10", to: "2024-01-12" }));
      const { reports } = await fetched(db, options({ to: "2024-01-20" }));
      expect(reports[0].inserted).toBe((20 - 5 - 3) * 24);
      const bars = await storedBars(db, "binance_spot", "BTCUSDT");
      expect(bars).toEqual(expectedBars(LISTED, Date.UTC(2024, 0, 21)));
    }));

  test("may repeat the bar at their boundary", () =>
    inMemory(async (db) => {
      server.faults.push((asked, response) => {
        const start = Number(asked.query.get("startTime"));
        if (!asked.path.endsWith("/klines") || start === LISTED) return false;
        const times = [start - 2 * HOUR, start - HOUR, start, start, start + HOUR];
        return json(
          response,
          times.map((t) => [t, ...barAt(t, HOUR), t + HOUR - 1, "1", 1, "1", "1", "0"]),
        );
      });
      const { reports } = await fetched(db, options());
      expect(reports[0]).toMatchObject({ inserted: HOURS, errors: [] });
      const bars = await storedBars(db, "binance_spot", "BTCUSDT");
      expect(bars).toEqual(expectedBars(LISTED, Date.UTC(2024, 2, 1, 10)));
    }));

  test("may be empty: the next stretch is asked for", () =>
    inMemory(async (db) => {
      server.faults.push(fault.body("/klines", "[]"));
      const { reports } = await fetched(db, options());
      expect(reports[0]).toMatchObject({ inserted: HOURS - 1000, errors: [] });
    }));

  test("that never come forward come to an end", () =>
    inMemory(async (db) => {
      const stuck = Array.from({ length: 60 }, () => fault.body("/klines", klineOf(LISTED)));
      server.faults.push(...stuck);
      const { reports } = await fetched(db, options({ to: "2024-02-29" }));
      expect(reports[0]).toMatchObject({ inserted: 1, errors: [] });
      expect(klines().length).toBeLessThan(5);
    }));

  test("before a listing begin with the first bar there is", () =>
    inMemory(async (db) => {
      const { reports } = await fetched(db, options({ from: "2019-01-01", interval: "1d" }));
      expect(reports[0]).toMatchObject({ from: LISTED, inserted: 60 });
      expect(klines()).toHaveLength(1);
    }));
});

describe("what an exchange calls things", () => {
  test.each([
    ["binance", "um", "BTCUSDT", "binance_um", "/fapi/v1/klines"],
    ["binanceusdm", undefined, "BTC/USDT:USDT", "binance_um", "/fapi/v1/klines"],
    ["binance", "cm", "BTCUSD_PERP", "binance_cm", "/dapi/v1/klines"],
    ["binance", "spot", "BTC/USDT", "binance_spot", "/api/v3/klines"],
  ])("%s %s %s is stored as %s", (exchange, product, symbol, stored, path) =>
    inMemory(async (db) => {
      await server.close();
      server = await startServer(binance(MARKET, ["BTCUSDT", "BTCUSD_PERP"]));
      const range = { from: "2024-02-01", to: "2024-02-03" };
      const { reports } = await fetched(
        db,
        options({ exchange, product, symbols: [symbol], ...range }),
      );
      expect(reports[0].exchange).toBe(stored);
      expect(reports[0].symbol).toBe(symbol.includes("/") ? "BTCUSDT" : symbol);
      expect(reports[0].inserted).toBe(72);
      expect(server.log.some((asked) => asked.path === path)).toBe(true);
    }),
  );

  test.each([
    [{ exchange: "binanec" }, "exchange_unknown"],
    [{ symbols: ["BTCUSDT", "BTCUSTD"] }, "exchange_symbol"],
    [{ product: "swaps" }, "exchange_product"],
    [{ exchange: "hyperliquid", symbols: ["BTC"], interval: "1s" as const }, "exchange_interval"],
    [{ from: undefined }, "fetch_option"],
    [{ baseUrl: "file:///etc" }, "base_url"],
    [{ from: "2024-02-02", to: "2024-02-01" }, "range_reversed"],
  ])("%j is refused as %s before anything is stored", (more, code) =>
    inMemory(async (db) => {
      const failed = await fetched(db, options(more)).catch((error: unknown) => error);
      expect((failed as SwymcError).diagnostics?.[0].code).toBe(code);
      expect(klines()).toEqual([]);
    }),
  );
});

describe("Hyperliquid", () => {
  test("gives 5,000 bars a page and keeps no more than its last 5,000", () =>
    inMemory(async (db) => {
      await server.close();
      const listed = Date.UTC(2023, 0, 1);
      server = await startServer(hyperliquid({ listed, now: NOW }));
      const asked = options({ exchange: "hyperliquid", symbols: ["BTC"], from: "2023-01-01" });
      const { reports } = await fetched(db, asked);
      const first = Date.UTC(2024, 2, 1, 10) - 4999 * HOUR;
      expect(reports[0]).toMatchObject({
        exchange: "hyperliquid_swap",
        symbol: "BTC",
        chunks: 1,
        inserted: 4999,
        from: first,
      });
      const bars = await storedBars(db, "hyperliquid_swap", "BTC");
      expect(bars).toEqual(expectedBars(first, Date.UTC(2024, 2, 1, 10)));
    }));

  test("is read in several pages where it keeps more", () =>
    inMemory(async (db) => {
      await server.close();
      server = await startServer(hyperliquid({ listed: Date.UTC(2023, 0, 1), now: NOW }, 100_000));
      const asked = options({
        exchange: "hyperliquid",
        symbols: ["BTC/USDC:USDC"],
        from: "2023-01-01",
      });
      const { chunks, reports } = await fetched(db, asked);
      expect(chunks.map(({ inserted }) => inserted)).toEqual([5000, 5000, 210]);
      expect(reports[0].symbol).toBe("BTCUSDC");
    }));

  test.each(["null", '{"error":"rate limited"}', '"later"'])(
    "an answer %s is no list of bars",
    (body) =>
      inMemory(async (db) => {
        server.faults.push(fault.body("candleSnapshot", body));
        const { reports } = await fetched(
          db,
          options({ exchange: "hyperliquid", symbols: ["BTC"] }),
        );
        expect(reports[0].errors.map(({ code }) => code)).toEqual(["exchange_answer"]);
      }),
  );
});

describe("an exchange that fails", () => {
  test("for a while is asked again, with pauses that grow, or as it says", () =>
    inMemory(async (db) => {
      server.faults.push(
        fault.status("/exchangeInfo", 503),
        fault.status("/klines", 500),
        fault.reset("/klines"),
        fault.status("/klines", 429, { "retry-after": "7" }),
        fault.status("/klines", 502),
      );
      const { reports, waits } = await fetched(db, options());
      expect(reports[0]).toMatchObject({ inserted: HOURS, errors: [] });
      expect(waits).toEqual([500, 500, 1000, 7000, 4000]);
    }));

  test("to answer in time is asked again", () =>
    inMemory(async (db) => {
      server.faults.push(fault.silent("/klines"));
      const { reports, waits } = await fetched(db, options({ http: { timeoutMs: 1000 } }));
      expect(reports[0]).toMatchObject({ inserted: HOURS, errors: [] });
      expect(waits).toEqual([500]);
    }));

  test.each([
    [
      "502 again and again",
      Array.from({ length: 5 }, () => fault.status("/klines", 502)),
      "fetch_status",
    ],
    ["a ban", [fault.status("/klines", 418)], "fetch_status"],
    [
      "an hour to wait",
      [fault.status("/klines", 429, { "retry-after": "3600" })],
      "fetch_rate_limited",
    ],
    ["HTML", [fault.html("/klines")], "fetch_not_json"],
    ["an empty answer", [fault.body("/klines", "")], "fetch_not_json"],
    ["half a JSON", [fault.body("/klines", '[[1704067200000,"1","2"')], "fetch_not_json"],
    ["a broken connection", [fault.truncated("/klines", '[[1704067200000,"1"')], "fetch_truncated"],
    ["an object", [fault.body("/klines", "{}")], "exchange_answer"],
    [
      "an error of its own",
      [fault.body("/klines", '{"code":-1003,"msg":"Too much request weight"}')],
      "exchange_refused",
    ],
    ["rows without prices", [fault.body("/klines", "[[1704153600000]]")], "import_refused"],
    [
      "rows without a time",
      [fault.body("/klines", '[[null,"1","2","1","2","3"]]')],
      "exchange_answer",
    ],
    [
      "a high below its low",
      [fault.body("/klines", '[[1704153600000,"1","0.5","2","1","3"]]')],
      "import_refused",
    ],
  ])("with %s is an ERR line; what came before stays, the next symbol follows", (_, faults, code) =>
    inMemory(async (db) => {
      await fetched(db, options({ to: "2024-01-01" }));
      server.faults.push(...faults);
      const symbols = ["BTCUSDT", "ETHUSDT"];
      const { reports } = await fetched(db, options({ symbols, to: "2024-01-02" }));
      expect(reports.map(({ errors }) => errors.at(-1)?.code)).toEqual([code, undefined]);
      expect(await storedBars(db, "binance_spot", "BTCUSDT")).toEqual(
        expectedBars(LISTED, LISTED + DAY),
      );
      expect(reports[1].inserted).toBe(48);
    }),
  );

  test("half-way keeps the pages before", () =>
    inMemory(async (db) => {
      server.faults.push((asked, response) =>
        Number(asked.query.get("startTime")) > LISTED
          ? fault.html("/klines")(asked, response)
          : false,
      );
      const { reports } = await fetched(db, options());
      expect(reports[0]).toMatchObject({ chunks: 1, inserted: 1000 });
      expect(reports[0].errors.map(({ code }) => code)).toEqual(["fetch_not_json"]);
      expect((await fetched(db, options())).reports[0].inserted).toBe(HOURS - 1000);
    }));
});

describe("swymc data fetch", () => {
  const args = ["--symbols", "BTCUSDT,ETHUSDT", "--interval", "1h", "--from", "2024-01-01"];

  test("prints chunks, inserted and already stored bars", async () => {
    const db = newDatabase();
    const where = ["--db", db, "--base-url", server.url, "--exchange", "binance"];
    const first = await swymc("data", "fetch", ...where, ...args);
    expect(first.code).toBe(0);
    expect(first.out.split("\n")).toEqual([
      `binance_spot BTCUSDT 1h: 2 chunks, ${HOURS} inserted, 0 already stored (2024-01-01T00:00:00Z to 2024-03-01T09:00:00Z)`,
      `binance_spot ETHUSDT 1h: 2 chunks, ${HOURS} inserted, 0 already stored (2024-01-01T00:00:00Z to 2024-03-01T09:00:00Z)`,
      "",
    ]);
    expect(first.err).toContain("BTCUSDT 1h chunk 2: 450 inserted, 0 already stored");
    const second = await swymc("data", "fetch", ...where, ...args, "--json");
    expect(JSON.parse(second.out)).toMatchObject({
      state: "ok",
      series: [
        { inserted: 0, alreadyStored: HOURS },
        { inserted: 0, alreadyStored: HOURS },
      ],
    });
  });

  test("ends with ERR lines and 1 where a series failed", async () => {
    const db = newDatabase();
    server.faults.push(fault.html("/klines"));
    const where = ["--db", db, "--base-url", server.url, "--exchange", "binance"];
    const ran = await swymc("data", "fetch", ...where, ...args);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^ERR binance_spot BTCUSDT 1h: .* did not answer with JSON/m);
    expect(ran.out).toContain(`ETHUSDT 1h: 2 chunks, ${HOURS} inserted`);
    server.faults.push(fault.html("/exchangeInfo"));
    const unopened = await swymc("data", "fetch", ...where, ...args, "--json");
    expect(unopened.code).toBe(1);
    expect(unopened.err).toMatch(/^ERR binance: /m);
    expect(JSON.parse(unopened.out)).toMatchObject({
      state: "error",
      series: [],
      diagnostics: [{ code: "fetch_not_json" }],
    });
  });

  test("needs an exchange", async () => {
    const ran = await swymc("data", "fetch", "--db", newDatabase(), ...args);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("--exchange is needed");
  });
});

function klineOf(time: number): string {
  return JSON.stringify([[time, ...barAt(time, HOUR), time + HOUR - 1, "1", 1, "1", "1", "0"]]);
}
