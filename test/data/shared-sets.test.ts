import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadDataset } from "../../src/data/index.ts";
import { columns, fault, hasShared, plainCsv, SHARED, withoutShared } from "./support.ts";

interface Listed {
  readonly id: string;
  readonly file: string;
  readonly rows: number;
  readonly stepMs: number;
  /** First and last time, to the minute. */
  readonly from: string;
  readonly to: string;
}

/** The sets of the README's table: id (`file`) | rows | step in s | from | to | … */
const ROW = /^\| (\w+) \(`([^`]+)`\) \| (\d+) \| (\d+) \| ([\d :-]+) \| ([\d :-]+) \|/gm;
const sets: Listed[] = hasShared
  ? [...readFileSync(join(SHARED, "README.md"), "utf8").matchAll(ROW)].map(
      ([, id, name, rows, step, from, to]) => {
        const file = `ohlcv/${name}`;
        return { id, file, rows: Number(rows), stepMs: Number(step) * 1000, from, to };
      },
    )
  : [];
const minute = (ms: number | null) =>
  new Date(ms ?? 0).toISOString().slice(0, 16).replace("T", " ");

if (!hasShared) it.skip(`shared sets: ${withoutShared}`, () => {});

describe.runIf(hasShared)("the reference sets", () => {
  it.each(sets)("$id has the listed rows, range and step", async (set) => {
    const started = performance.now();
    const dataset = await loadDataset(join(SHARED, set.file));
    const took = performance.now() - started;
    if (set.rows > 500_000) console.log(`${set.id}: ${set.rows} bars in ${took.toFixed(0)} ms`);
    expect({
      state: dataset.state,
      bars: dataset.bars.time.length,
      from: minute(dataset.from),
      to: minute(dataset.to),
      stepMs: dataset.stepMs,
      tableRows: dataset.table.numRows,
    }).toEqual({
      state: "ok",
      bars: set.rows,
      from: set.from,
      to: set.to,
      stepMs: set.stepMs,
      tableRows: set.rows,
    });
  });

  it("are all of those in the folder, with the row counts of the manifest", () => {
    const manifest: { file: string; rows: number }[] = JSON.parse(
      readFileSync(join(SHARED, "MANIFEST.json"), "utf8"),
    );
    const audited = manifest.filter(({ file }) => file.startsWith("ohlcv/"));
    const listed = new Map(sets.map(({ file, rows }) => [file, rows]));
    expect(audited.map(({ file }) => listed.get(file))).toEqual(audited.map(({ rows }) => rows));
    expect(sets.map(({ file }) => file).sort()).toEqual(
      readdirSync(join(SHARED, "ohlcv"))
        .map((name) => `ohlcv/${name}`)
        .sort(),
    );
  });

  it.each(sets.filter((set) => set.file.includes(".csv")))(
    "$id: every number is bit for bit what JavaScript reads in the text",
    async (set) => {
      const rows = plainCsv(join(SHARED, set.file));
      const read = columns(await loadDataset(join(SHARED, set.file)));
      const expected = read.map((_, k) => Float64Array.from(rows, (row) => row[k]));
      expect(read.map((column, k) => Buffer.compare(bytes(column), bytes(expected[k])))).toEqual([
        0, 0, 0, 0, 0, 0,
      ]);
    },
  );

  it("a windowed load equals a load of the file cut to it", async () => {
    const path = join(SHARED, "ohlcv/nvda_1d.csv");
    const dataset = await loadDataset(path, { from: "2005-01-01", to: "2005-12-30" });
    const cut = plainCsv(path).filter(
      ([time]) => time >= Date.UTC(2005, 0, 1) && time < Date.UTC(2005, 11, 31),
    );
    expect(columns(dataset).map((column) => [...column])).toEqual(
      [0, 1, 2, 3, 4, 5].map((k) => cut.map((row) => row[k])),
    );
  });
});

describe.runIf(hasShared)("the faulty files", () => {
  const dirty = (name: string) => join(SHARED, "dirty", name);

  it.each([
    [
      "derived_btcusdt_1h_overlap.csv",
      {},
      "time_unsorted: line 458: the time goes back from 2023-03-19T23:00:00Z to 2023-03-15T00:00:00Z",
    ],
    [
      "derived_btcusdt_1h_newyork_naive.csv",
      {},
      "time_duplicated: line 392: second bar for 2023-11-05T01:00:00Z",
    ],
    [
      "yf_1398-HK-1d-bad-div.csv",
      {},
      "price_not_finite: line 615: open is not a finite number: 2024-07-05 00:00:00+08:00,,,,,,,0.0,0.0",
    ],
    ["yf_SSW-JO-1d-100x-error.csv", {}, "time_unsorted: line 3: "],
    ["sk_bad.csv", {}, 'date_ambiguous: the date "01/03/2017"'],
    ["sk_bad.csv", { timeFormat: "%m/%d/%Y" }, "bad_time: line 202: no readable time: ,245.21,"],
    ["sk_mismatch.csv", { timeFormat: "%m/%d/%Y" }, "time_unsorted: line 21: "],
    [
      "pa_orcl-2010-googlefinance-malformed.csv",
      { timeFormat: "%d-%b-%y" },
      "time_unsorted: line 3: the time goes back from 2010-12-31T00:00:00Z to 2010-12-30T00:00:00Z: 30-Dec-10,-,",
    ],
    ["ft_UNITTEST_BTC-8m.feather", {}, "file_empty: FILE is empty (0 bytes)"],
    ["ft_NOPAIR_XXX-4m.json", {}, "file_kind_unsupported: FILE is JSON"],
  ])("%s with %j", async (name, options, expected) => {
    expect((await fault(dirty(name), options)).startsWith(expected)).toBe(true);
  });

  it.each([
    ["yf_NVT-L-1d-bad-div.csv", {}, 725, "bar_inconsistent: line 3: "],
    ["yf_ELCO-L-1d-bad-div.csv", {}, 665, "bar_inconsistent: line 4: "],
    [
      "sk_zeros.csv",
      { timeFormat: "%m/%d/%y" },
      200,
      "price_not_positive: line 2: open is not above 0",
    ],
  ])("%s loads with a warning", async (name, options, bars, expected) => {
    const dataset = await loadDataset(dirty(name), options);
    const [warning] = dataset.warnings;
    expect(dataset.bars.time.length).toBe(bars);
    expect(`${warning.code}: ${warning.message}`.startsWith(expected)).toBe(true);
  });

  it.each([
    ["yf_ALPHA-PA-1d-bad-stock-split.csv", 29],
    ["bfx_btcusd_1m_flash.csv", 3009],
    ["ft_XRP_ETH-5m.feather", 706],
  ])("%s loads: its faults are not of form", async (name, bars) => {
    const dataset = await loadDataset(dirty(name));
    expect({ bars: dataset.bars.time.length, warnings: dataset.warnings }).toEqual({
      bars,
      warnings: [],
    });
  });
});

describe.runIf(hasShared)("public formats", () => {
  const format = (name: string) => join(SHARED, "formats", name);
  const expected = (name: string) =>
    plainCsv(join(SHARED, "formats/expected", `${name}.expected.csv.gz`));

  it.each([
    "NVDA_yahoo.csv",
    "CALM-1d-yfinance.csv",
    "tradingview_futures_1h.csv",
    "ADABTC-1m-2021-11-27.csv",
    "UNITTEST_BTC-1m.feather",
  ])("%s reads as expected", async (name) => {
    const rows = expected(name);
    const read = columns(await loadDataset(format(name)));
    expect(read.map((column) => column.length)).toEqual(Array(6).fill(rows.length));
    const differing = rows.flatMap((row, i) =>
      read.every((column, k) => column[i] === row[k]) ? [] : [i],
    );
    expect(differing).toEqual([]);
  });

  it.each([
    ["goog-2011-yahoofinance.csv", {}],
    ["orcl-2010-googlefinance.csv", { timeFormat: "%d-%b-%y" }],
  ])("%s is newest first, which the error says", async (name, options) => {
    await expect(loadDataset(format(name), options)).rejects.toMatchObject({
      diagnostics: [{ code: "time_unsorted", hint: "the file is newest first: reverse it" }],
    });
  });

  it("a header that disagrees with the rows is an error", async () => {
    expect(await fault(format("backtrader_fesx_1m.txt.gz"))).toBe(
      "csv_malformed: FILE line 2: Expected Number of Columns: 7 Found: 8: 2006-01-02,09:01:00,3602.00,3603.00,3597.00,3599.00,5699,0",
    );
  });
});

function bytes(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
