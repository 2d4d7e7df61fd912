import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  truncateSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { archiveBars } from "../../src/data/archive/archive-bars.ts";
import { parsePartition, partitionFolders } from "../../src/data/archive/layout.ts";
import { loadDataset } from "../../src/data/load.ts";
import { openDataset } from "../../src/data/read/open-dataset.ts";
import { swymc } from "../cli/run.ts";
import { ROOT } from "../source-tree.ts";
import { barsAt, DAY, rowsOf } from "./bars.ts";
import { folder, sql, store, times } from "./store.ts";

const MIDNIGHT = Date.parse("2023-01-01");
const days = barsAt(times("2021-06-01", DAY, 1000), 1);
const odd = barsAt(times("2022-12-01", DAY, 60), 2);
const CHILD = join(ROOT, "test/read/archive-child.ts");
const ODD = "../a b/=%41'\"*é";

async function market(): Promise<string> {
  return store(
    join(folder(), "market.duckdb"),
    { symbol: "BTCUSDT", interval: "1d", bars: { ...days, delta: days.close } },
    { symbol: ODD, interval: "1d", bars: odd },
    { symbol: "NEW", interval: "1d", bars: barsAt(times("2024-01-01", DAY, 5), 3) },
  );
}

async function everything(path: string) {
  await using data = await openDataset(path);
  const all = [];
  for (const series of await data.series()) {
    const { exchange, symbol, interval } = series;
    const columns = await data.columns({
      exchange: exchange!,
      symbol: symbol!,
      interval: interval as "1d",
    });
    all.push({ series, rows: rowsOf(columns) });
  }
  return all;
}

const stored = async (path: string) =>
  Number((await sql(path, "SELECT count(*) FROM candles"))[0][0]);

const files = (root: string) =>
  (readdirSync(root, { recursive: true }) as string[]).filter((name) => name.endsWith(".parquet"));

describe("an archive", () => {
  it("reads with the database as one dataset, equal to the whole before", async () => {
    const path = await market();
    const before = await everything(path);
    const root = join(dirname(path), "archive");
    const done = await archiveBars(path, root, MIDNIGHT);
    expect(done.map(({ symbol, bars }) => [symbol, bars])).toEqual([
      [ODD, 31],
      ["BTCUSDT", 579],
    ]);
    expect(await stored(path)).toBe(1065 - 610);
    expect(files(root)).toHaveLength(3);
    expect(await everything(path)).toEqual(before);
  });

  it("lies in folders that DuckDB and pyarrow understand, whatever the symbol", async () => {
    const path = await market();
    const root = join(dirname(path), "archive");
    await archiveBars(path, root, MIDNIGHT);
    const found = await sql(
      ":memory:",
      `SELECT exchange, symbol, interval, year::VARCHAR, count(*) FROM read_parquet('${root}/**/*.parquet', hive_partitioning = true)
        GROUP BY ALL ORDER BY ALL`,
    );
    expect(found.map((row) => [...row.slice(0, 4), Number(row[4])])).toEqual([
      ["binance_spot", ODD, "1d", "2022", 31],
      ["binance_spot", "BTCUSDT", "1d", "2021", 214],
      ["binance_spot", "BTCUSDT", "1d", "2022", 365],
    ]);
    for (const name of files(root)) expect(name.split("/")).toHaveLength(5);
  });

  it("keeps the folders of a minute and a month apart where case does not count", () => {
    const key = { exchange: "a", symbol: "..", year: 2020 };
    const minute = partitionFolders({ ...key, interval: "1m" });
    const month = partitionFolders({ ...key, interval: "1M" });
    expect(minute.join("/").toLowerCase()).not.toBe(month.join("/").toLowerCase());
    expect(parsePartition(month)).toEqual({ ...key, interval: "1M" });
    expect(month[1]).toBe("symbol=%2E.");
  });

  it("is a dataset on its own", async () => {
    const path = await market();
    const root = join(dirname(path), "archive");
    await archiveBars(path, root, MIDNIGHT);
    const all = await everything(root);
    expect(all.map(({ series }) => [series.symbol, series.bars])).toEqual([
      [ODD, 31],
      ["BTCUSDT", 579],
    ]);
    expect(all[1].rows.map((row) => row["close"])).toEqual([...days.close.subarray(0, 579)]);
  });

  it("serves a backtest's loader, warm-up across the border included", async () => {
    const path = await market();
    const options = { symbol: "BTCUSDT", from: "2023-01-03", to: "2023-01-10", warmupBars: 30 };
    const before = await loadDataset(path, options);
    await archiveBars(path, join(dirname(path), "archive"), MIDNIGHT);
    const after = await loadDataset(path, options);
    expect(after.bars).toEqual(before.bars);
    expect(after.warmup).toBe(30);
    expect(after.available).toEqual(before.available);
    expect((await loadDataset(path, { symbol: "BTC" })).state).toBe("symbol_not_found");
    expect((await loadDataset(path, { symbol: "BTCUSDT", to: "2020-01-01" })).state).toBe(
      "empty_dataset",
    );
    await expect(loadDataset(path, { symbol: "BTCUSDT", mode: "x" })).rejects.toThrow(
      "selector_unknown",
    );
  });

  it("grows by later archives, and lets bars that were imported again win", async () => {
    const path = await market();
    const root = join(dirname(path), "archive");
    await archiveBars(path, root, Date.parse("2022-06-01"));
    await archiveBars(path, root, Date.parse("2023-06-01"));
    // Ten bars that lie in the archive come again, corrected; then they are archived too.
    const again = barsAt(times("2022-01-01", DAY, 10), 77);
    await store(path, { symbol: "BTCUSDT", interval: "1d", bars: again });
    const check = async () => {
      await using data = await openDataset(path);
      const { close, time } = await data.columns({ symbol: "BTCUSDT" });
      expect((await data.series()).find(({ symbol }) => symbol === "BTCUSDT")?.bars).toBe(1000);
      const expected = days.close.slice();
      expected.set(again.close, [...days.time].indexOf(again.time[0]));
      expect(close).toEqual(expected);
      expect(time).toEqual(days.time);
    };
    await check();
    await archiveBars(path, root, Date.parse("2023-06-01"));
    await check();
    await expect(archiveBars(path, root, Date.parse("2023-06-01"))).rejects.toThrow(
      "archive_nothing",
    );
  });

  it("moves with its database, and is missed where it is not there", async () => {
    const path = await market();
    const before = await everything(path);
    const home = dirname(path);
    await archiveBars(path, join(home, "archive"), MIDNIGHT);
    const elsewhere = folder();
    copyFileSync(path, join(elsewhere, "copy.duckdb"));
    await expect(everything(join(elsewhere, "copy.duckdb"))).rejects.toThrow(
      /archive_missing: the archive file .* is missing: it holds binance_spot .* from 20/,
    );
    await expect(
      loadDataset(join(elsewhere, "copy.duckdb"), { symbol: "BTCUSDT" }),
    ).rejects.toThrow("archive_missing");
    // A range that the archive has no part in is read without it.
    const later = await loadDataset(join(elsewhere, "copy.duckdb"), {
      symbol: "BTCUSDT",
      from: "2023-02-01",
    });
    expect(later.bars.time[0]).toBe(Date.parse("2023-02-01"));
    cpSync(join(home, "archive"), join(elsewhere, "archive"), { recursive: true });
    expect(await everything(join(elsewhere, "copy.duckdb"))).toEqual(before);
  });

  it("is listed with the database, as the whole was before", async () => {
    const path = await market();
    const list = async () => JSON.parse((await swymc("data", "list", "--db", path, "--json")).out);
    const before = await list();
    const root = join(dirname(path), "cold [*] storage");
    await archiveBars(path, root, MIDNIGHT);
    await store(path, {
      symbol: "BTCUSDT",
      interval: "1d",
      bars: barsAt(times("2022-01-01", DAY, 10), 7),
    });
    expect(await list()).toEqual(before);
    renameSync(root, `${root} moved`);
    expect((await swymc("data", "list", "--db", path)).err).toContain("archive_missing");
  });

  it("is checked with the database, as the whole was before", async () => {
    const path = await market();
    await sql(
      path,
      "UPDATE candles SET high = 'nan' WHERE symbol = 'BTCUSDT' AND open_time = '2022-03-01'",
    );
    await sql(path, "DELETE FROM candles WHERE symbol = 'BTCUSDT' AND open_time = '2022-01-02'");
    const check = () => swymc("data", "check", "--db", path, "--json", "--allow", "price_spike");
    const before = await check();
    const { state, bars, faults } = JSON.parse(before.out);
    expect(before.code).toBe(1);
    expect({ state, bars }).toEqual({ state: "faults", bars: 1064 });
    expect(faults.find(({ fault }: { fault: string }) => fault === "time_gap")).toMatchObject({
      meaning: expect.any(String),
      count: 1,
      first: [expect.stringContaining("binance_spot BTCUSDT 1d 2022-01-03")],
    });
    expect(
      faults.find(({ fault }: { fault: string }) => fault === "price_not_finite"),
    ).toMatchObject({ count: 1, first: [expect.stringContaining("2022-03-01")] });
    const root = join(dirname(path), "archive");
    await archiveBars(path, root, Date.parse("2022-06-01"));
    await archiveBars(path, root, MIDNIGHT);
    expect(await check()).toEqual(before);
    // A bar that stands in both counts once, as it stands in the database.
    const again = barsAt(times("2022-03-01", DAY, 1), 7);
    await store(path, { symbol: "BTCUSDT", interval: "1d", bars: again });
    const told = await swymc("data", "check", "--db", path, "--allow", "price_spike");
    expect(told.err).toBe("1064 bars checked, 1 kind of faults\n");
    expect(told.out).not.toContain("price_not_finite");
  });

  it("notices a file that was cut or exchanged", async () => {
    const path = await market();
    const root = join(dirname(path), "archive");
    await archiveBars(path, root, MIDNIGHT);
    const [first] = files(root).filter((name) => name.includes("BTCUSDT"));
    truncateSync(join(root, first), statSync(join(root, first)).size - 10);
    await expect(everything(path)).rejects.toThrow("archive_damaged");
  });

  it("changes nothing where the folder cannot be written", async () => {
    const path = await market();
    await expect(archiveBars(path, join(path, "archive"), MIDNIGHT)).rejects.toThrow(
      "archive_folder",
    );
    expect(await stored(path)).toBe(1065);
  });

  it("loses and doubles nothing when killed at any moment", async () => {
    const path = await market();
    const before = await everything(path);
    const root = join(dirname(path), "archive");
    mkdirSync(root);
    for (let round = 0; round < 3; round++) {
      const child = spawn(
        process.execPath,
        ["--import", "tsx", CHILD, path, root, `202${2 + round}-01-01`],
        { cwd: ROOT, stdio: "ignore" },
      );
      const closed = once(child, "close");
      // Killed when a further file, finished or not, has appeared.
      const known = new Set(readdirSync(root, { recursive: true }) as string[]);
      for (;;) {
        const now = readdirSync(root, { recursive: true }) as string[];
        const fresh = now.filter((name) => !known.has(name) && name.includes(".parquet"));
        if (fresh.length > round % 3 || child.exitCode !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      child.kill("SIGKILL");
      await closed;
      expect(await everything(path)).toEqual(before);
    }
    await archiveBars(path, root, Date.parse("2024-02-01")).catch(() => undefined);
    expect(await everything(path)).toEqual(before);
    renameSync(root, `${root}-moved`);
    await expect(everything(path)).rejects.toThrow("archive_missing");
  }, 240_000);
});
