import { afterEach, describe, expect, test } from "vitest";
import {
  type ArchiveOptions,
  type ArchiveReport,
  fetchArchives,
} from "../../src/data/fetch/binance-public.ts";
import type { Store } from "../../src/data/store/open-store.ts";
import type { SwymcError } from "../../src/diagnostics/index.ts";
import { swymc } from "../cli/run.ts";
import { type Archives, binanceVision, zipOf } from "./archives.ts";
import { barAt } from "./exchanges.ts";
import { fault, startServer, type TestServer } from "./server.ts";
import { HOUR, inMemory, newDatabase, storedBars } from "./support.ts";

const NOW = Date.UTC(2025, 1, 10, 12);
const ALL: Archives = { from: Date.UTC(2024, 10, 4), to: Date.UTC(2025, 1, 10) };

let server: TestServer;
afterEach(() => server.close());

async function fetched(
  store: Store,
  archives: Archives,
  options: Partial<ArchiveOptions>,
): Promise<ArchiveReport[]> {
  await server?.close();
  server = await startServer(binanceVision(archives));
  return again(store, options);
}

async function again(store: Store, options: Partial<ArchiveOptions>): Promise<ArchiveReport[]> {
  const reports: ArchiveReport[] = [];
  const asked: ArchiveOptions = {
    products: ["spot"],
    symbols: ["BTCUSDT"],
    interval: "1h",
    baseUrl: server.url,
    ...options,
    http: { sleep: async () => {}, ...options.http },
  };
  for await (const report of fetchArchives(store, asked, () => {}, NOW)) reports.push(report);
  return reports;
}

/** Labels of the archives that were asked for, in order. */
function labels(): string[] {
  return server.log
    .filter(({ path }) => path.endsWith(".zip"))
    .map(({ path }) => /-(\d{4}-[\d-]+)\.zip$/.exec(path)?.[1] ?? path);
}

function expected(from: number, to: number): number[][] {
  const bars: number[][] = [];
  for (let t = from; t < to; t += HOUR) bars.push([t, ...barAt(t, HOUR).map(Number)]);
  return bars;
}

describe("archives of Binance", () => {
  test("are months where a month is wanted, else days; ms and µs alike", () =>
    inMemory(async (store) => {
      const archives = { ...ALL, microsFrom: Date.UTC(2025, 0, 1) };
      const range = { from: "2024-11-29", to: "2025-01-02" };
      const [report] = await fetched(store, archives, range);
      expect(labels()).toEqual(["2024-11-29", "2024-11-30", "2024-12", "2025-01-01", "2025-01-02"]);
      expect(report).toMatchObject({
        exchange: "binance_spot",
        archives: 5,
        inserted: 35 * 24,
        alreadyStored: 0,
        gaps: [],
        warnings: [],
        errors: [],
      });
      const bars = await storedBars(store, "binance_spot", "BTCUSDT");
      expect(bars).toEqual(expected(Date.UTC(2024, 10, 29), Date.UTC(2025, 0, 3)));
    }));

  test("that are stored are not asked for again", () =>
    inMemory(async (store) => {
      await fetched(store, ALL, { from: "2024-12-05", to: "2024-12-07" });
      const before = server.log.length;
      const same = await again(store, { from: "2024-12-05", to: "2024-12-07" });
      expect(same[0]).toMatchObject({ archives: 0, inserted: 0, alreadyStored: 72 });
      expect(server.log).toHaveLength(before);
      await again(store, { from: "2024-12-04", to: "2024-12-09" });
      expect(labels().slice(3)).toEqual(["2024-12-04", "2024-12-08", "2024-12-09"]);
    }));

  test("that do not exist are gaps; a missing month is looked for by days", () =>
    inMemory(async (store) => {
      const archives = { ...ALL, absent: ["2024-11", "2024-11-20"] };
      const [report] = await fetched(store, archives, { from: "2024-11-01", to: "2024-11-30" });
      expect(labels()).toHaveLength(31);
      expect(report).toMatchObject({
        archives: 26,
        inserted: 26 * 24,
        gaps: [
          { from: "2024-11-01", to: "2024-11-03", archives: 3 },
          { from: "2024-11-20", to: "2024-11-20", archives: 1 },
        ],
        errors: [],
      });
    }));

  test("of the current month are days up to yesterday", () =>
    inMemory(async (store) => {
      const [report] = await fetched(store, ALL, { from: "2025-02-01" });
      expect(labels()).toHaveLength(9);
      expect(labels().at(-1)).toBe("2025-02-09");
      expect(report).toMatchObject({ inserted: 9 * 24, gaps: [] });
    }));

  test.each([
    ["um", "binance_um", "futures/um", "BTCUSDT"],
    ["cm", "binance_cm", "futures/cm", "BTCUSD_PERP"],
  ] as const)("of %s are stored as %s", (product, exchange, folder, symbol) =>
    inMemory(async (store) => {
      const options = {
        products: [product],
        symbols: [symbol],
        from: "2024-12-05",
        to: "2024-12-05",
      };
      const [report] = await fetched(store, { ...ALL, header: true }, options);
      expect(report).toMatchObject({ exchange, symbol, inserted: 24, errors: [] });
      expect(server.log[0].path).toBe(
        `/data/${folder}/daily/klines/${symbol}/1h/${symbol}-1h-2024-12-05.zip`,
      );
    }),
  );

  test("that differ from their CHECKSUM are refused, and the others stored", () =>
    inMemory(async (store) => {
      const damaged = zipOf("BTCUSDT-1h-2024-12-06.csv", "nothing");
      server = await startServer(binanceVision(ALL));
      server.faults.push((asked, response) => {
        if (!asked.path.endsWith("2024-12-06.zip")) return false;
        response.writeHead(200).end(damaged);
        return true;
      });
      const [report] = await again(store, { from: "2024-12-05", to: "2024-12-07" });
      expect(report.errors.map(({ code }) => code)).toEqual(["archive_checksum"]);
      expect(report).toMatchObject({ archives: 2, inserted: 48 });
    }));

  test("without a CHECKSUM are stored with a warning; a CHECKSUM that is none is an error", () =>
    inMemory(async (store) => {
      server = await startServer(binanceVision(ALL));
      server.faults.push(fault.status("2024-12-05.zip.CHECKSUM", 404));
      server.faults.push(fault.html("2024-12-06.zip.CHECKSUM"));
      const [report] = await again(store, { from: "2024-12-05", to: "2024-12-07" });
      expect(report.warnings.map(({ code }) => code)).toEqual(["archive_checksum_missing"]);
      expect(report.errors.map(({ code }) => code)).toEqual(["archive_checksum_unreadable"]);
      expect(report.inserted).toBe(48);
    }));

  test("that break off, stall or come too often are asked for again", () =>
    inMemory(async (store) => {
      server = await startServer(binanceVision(ALL));
      server.faults.push(
        fault.truncated("2024-12-05.zip", "PK"),
        fault.status("2024-12-05.zip", 503),
        fault.reset("2024-12-06.zip"),
        fault.status("2024-12-07.zip", 429, { "retry-after": "3" }),
        fault.silent("2024-12-07.zip"),
      );
      const range = { from: "2024-12-05", to: "2024-12-07" };
      const [report] = await again(store, { ...range, http: { timeoutMs: 1000 } });
      expect(report).toMatchObject({ archives: 3, inserted: 72, errors: [] });
    }));

  test("of a server that stays down end the series", () =>
    inMemory(async (store) => {
      server = await startServer(binanceVision(ALL));
      server.faults.push(...Array.from({ length: 9 }, () => fault.status("2024-12-06.zip", 500)));
      const range = { from: "2024-12-05", to: "2024-12-07" };
      const [report] = await again(store, { ...range, http: { attempts: 3 } });
      expect(report.errors.map(({ code }) => code)).toEqual(["fetch_status"]);
      expect(report.inserted).toBe(24);
      expect(labels()).not.toContain("2024-12-07");
    }));

  test("that are no zip or hold other bars are refused whole", () =>
    inMemory(async (store) => {
      server = await startServer(binanceVision(ALL));
      server.faults.push(
        fault.html("2024-12-05.zip"),
        fault.status("2024-12-05.zip.CHECKSUM", 404),
        (asked, response) => {
          if (!asked.path.endsWith("2024-12-06.zip")) return false;
          const late = [Date.UTC(2024, 11, 9), ...barAt(0, HOUR), 0, 1, 1, 1, 1, 0].join();
          response.writeHead(200).end(zipOf("BTCUSDT-1h-2024-12-06.csv", late));
          return true;
        },
        fault.status("2024-12-06.zip.CHECKSUM", 404),
      );
      const [report] = await again(store, { from: "2024-12-05", to: "2024-12-07" });
      expect(report.errors).toHaveLength(2);
      expect(report).toMatchObject({ archives: 1, inserted: 24 });
    }));

  test.each([
    [{ symbols: ["../../etc"] }, "archive_symbol"],
    [{ products: ["um" as const], interval: "1s" as const }, "archive_interval"],
    [{ baseUrl: "ftp://x" }, "base_url"],
    [{ from: undefined }, "fetch_option"],
  ])("%j is refused as %s", (more, code) =>
    inMemory(async (store) => {
      server = await startServer();
      const failed = again(store, { from: "2024-12-05", ...more });
      const error = (await failed.catch((cause: unknown) => cause)) as SwymcError;
      expect(error.diagnostics?.[0].code).toBe(code);
      expect(server.log).toEqual([]);
    }),
  );
});

describe("swymc data fetch binance-public", () => {
  test("tells what was stored and which archives are missing", async () => {
    server = await startServer(binanceVision({ ...ALL, absent: ["2024-12-06"] }));
    const ran = await swymc(
      ...["data", "fetch", "binance-public", "--products", "spot,um", "--symbols", "BTCUSDT"],
      ...["--interval", "1h", "--from", "2024-12-05", "--to", "2024-12-07"],
      ...["--db", newDatabase(), "--base-url", server.url],
    );
    expect(ran.out.split("\n")).toEqual([
      "binance_spot BTCUSDT 1h: 2 archives, 48 inserted, 0 already stored",
      "  no archive for 2024-12-06 (1 file)",
      "binance_um BTCUSDT 1h: 2 archives, 48 inserted, 0 already stored",
      "  no archive for 2024-12-06 (1 file)",
      "",
    ]);
    expect(ran.code).toBe(0);
    expect(ran.err).toContain("BTCUSDT-1h-2024-12-05.zip: 24 inserted, 0 already stored");
  });

  test("ends with ERR lines and 1 where an archive is damaged", async () => {
    server = await startServer(binanceVision(ALL));
    server.faults.push(fault.body("2024-12-05.zip.CHECKSUM", `${"0".repeat(64)}  x.zip`));
    const ran = await swymc(
      ...["data", "fetch", "binance-public", "--symbols", "BTCUSDT", "--interval", "1h"],
      ...["--from", "2024-12-05", "--to", "2024-12-05", "--db", newDatabase()],
      ...["--base-url", server.url, "--json"],
    );
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^ERR binance_spot BTCUSDT 1h: .* its CHECKSUM says 0{16}…/m);
    expect(JSON.parse(ran.out)).toMatchObject({
      state: "error",
      diagnostics: [{ code: "archive_checksum" }],
    });
  });
});
