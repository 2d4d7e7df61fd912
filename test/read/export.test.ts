import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { exportBars } from "../../src/data/export/export-bars.ts";
import { openDataset } from "../../src/data/read/open-dataset.ts";
import { swymc } from "../cli/run.ts";
import { barsAt, HOUR, rowsOf } from "./bars.ts";
import { folder, sql, store, times } from "./store.ts";

const extreme = barsAt(times("2024-01-01", HOUR, 4), 1);
extreme.low.set([5e-324, 1e-7, 0.1 + 0.2, 1 / 3]);
extreme.high.set([1.7976931348623157e308, 1e21, 2 ** 53, 123456789.12345679]);
extreme.volume.set([Number.NaN, 0, 1, 2]);

const series = () =>
  store(
    join(folder(), "market.duckdb"),
    { symbol: "BTCUSDT", interval: "1h", bars: { ...extreme, delta: extreme.close.slice() } },
    { symbol: "=1+1", interval: "1h", bars: barsAt(times("2024-01-01", HOUR, 3000), 2) },
    { symbol: 'a,"b"', interval: "1d", bars: barsAt(times("2024-01-01", 24 * HOUR, 3), 3) },
  );

async function rowsIn(path: string) {
  await using data = await openDataset(path);
  const all = [];
  for (const { exchange, symbol, interval } of await data.series()) {
    const query = { exchange: exchange!, symbol: symbol!, interval: interval as "1h" };
    all.push({ ...query, rows: rowsOf(await data.columns(query)) });
  }
  return all;
}

describe("exported bars", () => {
  it.each(["all.parquet", "it's [1].parquet"])("are the same bits in %s", async (name) => {
    const path = await series();
    const out = join(folder(), name);
    const written = await exportBars(path, {}, out);
    expect(written.map(({ symbol, bars }) => [symbol, bars])).toEqual([
      ["=1+1", 3000],
      ["BTCUSDT", 4],
      ['a,"b"', 3],
    ]);
    expect(await rowsIn(out)).toEqual(await rowsIn(path));
  });

  it("are the shortest digits that lead back, with times in UTC and na as nothing, in CSV", async () => {
    const out = join(folder(), "bars.csv");
    await exportBars(await series(), { symbols: ["BTCUSDT"] }, out);
    const lines = readFileSync(out, "utf8").trimEnd().split("\n");
    expect(lines[0]).toBe("time,open,high,low,close,volume,delta,exchange,symbol,interval");
    const cells = lines.slice(1).map((line) => line.split(","));
    expect(cells[0][0]).toBe("2024-01-01T00:00:00Z");
    expect(cells.map((row) => row[3])).toEqual([
      "5e-324",
      "1e-7",
      "0.30000000000000004",
      "0.3333333333333333",
    ]);
    expect(cells.map((row) => row[5])).toEqual(["", "0", "1", "2"]);
    expect(cells.map((row) => Number(row[2]))).toEqual([...extreme.high]);
  });

  it("cannot be run by a spreadsheet", async () => {
    const out = join(folder(), "bars.csv.gz");
    await exportBars(await series(), {}, out);
    const text = gunzipSync(readFileSync(out)).toString();
    expect(text).toContain(",binance_spot,'=1+1,1h\n");
    expect(text).toContain(',binance_spot,"a,""b""",1d\n');
    expect(text).not.toMatch(/(^|,)[=+@]/m);
  });

  it("are an Arrow file of one batch per series", async () => {
    const out = join(folder(), "bars.arrow");
    const path = await series();
    await exportBars(path, {}, out);
    const table = tableFromIPC(readFileSync(out));
    expect(table.numRows).toBe(3007);
    const symbols = Array.from(table.getChild("symbol")!) as string[];
    expect([symbols[0], symbols[3000], symbols[3006]]).toEqual(["=1+1", "BTCUSDT", 'a,"b"']);
    const [, { rows }] = await rowsIn(path);
    for (const name of ["time", "open", "low", "volume", "delta"]) {
      const column = table.getChild(name)!;
      expect(rows.map((_, i) => Number(column.get(3000 + i)))).toEqual(
        rows.map((row) => row[name]),
      );
    }
  });

  it.each(["bars.csv", "bars.csv.gz", "bars.parquet", "bars.arrow"])(
    "come back identical through swymc data import: %s",
    async (name) => {
      const path = await series();
      const out = join(folder(), name);
      const query = { symbols: ["BTCUSDT", 'a,"b"'] };
      await exportBars(path, query, out);
      const again = join(folder(), "again.duckdb");
      const run = await swymc("data", "import", out, "--db", again);
      expect(run.err + run.out).toContain("inserted");
      const both = (await rowsIn(path)).filter(({ symbol }) => query.symbols.includes(symbol));
      const extras = await rowsIn(again);
      // Text may hold anything, so that of a CSV file only mapped columns are kept.
      const core = (rows: Record<string, number>[]) =>
        name.includes("csv") ? rows.map(({ delta, ...rest }) => rest) : rows;
      expect(extras.map((one) => ({ ...one, rows: core(one.rows) }))).toEqual(
        both.map((one) => ({ ...one, rows: core(one.rows) })),
      );
    },
  );

  it("leave the file of that name alone where they cannot be written", async () => {
    const path = await series();
    const out = join(folder(), "bars.csv");
    writeFileSync(out, "precious");
    await expect(exportBars(path, { symbols: ["NONE"] }, out)).rejects.toThrow("symbol_not_found");
    await expect(exportBars(path, { from: "2030-01-01" }, out)).rejects.toThrow("export_nothing");
    await expect(exportBars(path, {}, join(out, "no.csv"))).rejects.toThrow("file_unwritable");
    await expect(exportBars(path, {}, join(folder(), "bars.xlsx"))).rejects.toThrow(
      "export_format",
    );
    expect(readFileSync(out, "utf8")).toBe("precious");
    const taken = join(folder(), "taken.parquet");
    mkdirSync(taken);
    await expect(exportBars(path, {}, taken)).rejects.toThrow("file_unwritable");
  });

  it("name mode and product of a collector's database", async () => {
    const path = join(folder(), "raw.duckdb");
    await sql(
      path,
      `CREATE TABLE raw_klines (mode VARCHAR, product VARCHAR, symbol VARCHAR, interval VARCHAR, open_time TIMESTAMP,
        open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE)`,
      "INSERT INTO raw_klines VALUES ('live', 'spot', 'A', '1m', '2024-01-01', 1, 1, 1, 1, 1)",
    );
    const out = join(folder(), "a.parquet");
    const [written] = await exportBars(path, {}, out);
    expect(written.exchange).toBe("live_spot");
    expect(existsSync(out)).toBe(true);
  });
});

describe("swymc data resample, export and archive", () => {
  it("work one after the other and say what they did", async () => {
    const hours = barsAt(times("2023-12-30", HOUR, 100), 5);
    const path = await store(join(folder(), "m.duckdb"), {
      symbol: "BTCUSDT",
      interval: "1h",
      bars: hours,
    });
    const json = async (...args: string[]) => {
      const run = await swymc("data", ...args, "--db", path, "--json");
      expect([run.code, run.err]).toEqual([0, ""]);
      return JSON.parse(run.out);
    };
    expect(await json("resample", "--to", "4h")).toMatchObject({
      ...{ state: "ok", symbol: "BTCUSDT", from_interval: "1h", interval: "4h" },
      ...{ bars_read: 100, bars: 25, inserted: 25 },
    });
    // The longest interval that fits is read: 4h, not 1h. 100 hours are four days and four hours.
    expect(await json("resample", "--to", "1d")).toMatchObject({ from_interval: "4h", bars: 4 });
    expect(await json("resample", "--to", "1d")).toMatchObject({ inserted: 0, unchanged: 4 });
    expect(
      await json("resample", "--to", "1d", "--from-interval", "1h", "--keep-last"),
    ).toMatchObject({ bars: 5, inserted: 1, unchanged: 4 });
    const out = join(folder(), "weeks.csv");
    expect(await json("resample", "--to", "12h", "--out", out)).toMatchObject({ bars: 8, out });
    expect(readFileSync(out, "utf8").split("\n")).toHaveLength(10);

    const archived = await json(
      "archive",
      "--before",
      "2024-01-01",
      "--to",
      join(folder(), "cold"),
    );
    expect(
      archived.series.map((one: { interval: string; bars: number }) => [one.interval, one.bars]),
    ).toEqual([
      ["1d", 2],
      ["1h", 48],
      ["4h", 12],
    ]);
    const exported = await json("export", "--interval", "1h", "--out", join(folder(), "h.parquet"));
    expect(exported.series).toEqual([
      {
        ...{ exchange: "binance_spot", symbol: "BTCUSDT", interval: "1h", bars: 100 },
        ...{ from: "2023-12-30T00:00:00Z", to: "2024-01-03T03:00:00Z" },
      },
    ]);
  });

  it("refuse what makes no sense", async () => {
    const hours = barsAt(times("2024-01-01", HOUR, 3), 5);
    const path = await store(join(folder(), "m.duckdb"), {
      symbol: "BTCUSDT",
      interval: "1h",
      bars: hours,
    });
    const refused = async (...args: string[]) => {
      const run = await swymc("data", ...args, "--db", path);
      expect(run.code).toBe(1);
      return run.err;
    };
    expect(await refused("resample", "--to", "30m")).toContain("resample_multiple");
    expect(await refused("resample", "--to", "4h")).toContain("resample_empty");
    const days = barsAt(times("2024-01-01", 24 * HOUR, 3), 5);
    await store(path, { symbol: "BTCUSDT", interval: "1d", bars: days });
    expect(await refused("resample", "--to", "30m")).toContain(
      "bars of 1h, 1d cannot be joined to bars of 30m",
    );
    expect(await refused("resample", "--to", "6h")).toContain("Allowed choices");
    expect(await refused("archive", "--before", "yesterday", "--to", folder())).toContain(
      "date_option",
    );
    expect(await refused("archive", "--before", "2020-01-01", "--to", folder())).toContain(
      "archive_nothing",
    );
  });
});
