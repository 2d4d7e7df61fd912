import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadDataset } from "../../src/data/index.ts";
import { columns, fault, temporary, written } from "./support.ts";

const directory = temporary();
const csv = (name: string, ...lines: string[]) => written(directory, name, `${lines.join("\n")}\n`);
const HEADER = "time,open,high,low,close,volume";
const T0 = 1704067200000;

describe("spellings of time", () => {
  it.each([
    ["2024-01-01", "2024-01-02"],
    ["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"],
    ["2024-01-01 00:00", "2024-01-02 00:00"],
    ["2024-01-01 05:30:00+05:30", "2024-01-02 05:30:00+05:30"],
    ["2023-12-31T19:00:00.000-0500", "2024-01-01T19:00:00.000-0500"],
    ["2024/01/01", "2024/01/02"],
    ["20240101", "20240102"],
    ["1704067200", "1704153600"],
    ["1704067200.000", "1704153600.000"],
    ["1704067200000", "1704153600000"],
    ["1704067200000000", "1704153600000000"],
    ["1704067200000000000", "1704153600000000000"],
  ])("%s", async (first, second) => {
    const path = csv(
      "times.csv",
      "Timestamp,O,H,L,C,V",
      `${first},1,2,0.5,1.5,9`,
      `${second},1,2,0.5,1.5,9`,
    );
    const { bars, interval } = await loadDataset(path);
    expect([...bars.time]).toEqual([T0, T0 + 86_400_000]);
    expect(interval).toBe("1d");
  });

  it("a format that is given is used, and UTC", async () => {
    const path = csv("format.csv", HEADER, "31.01.2024 10:00,1,2,0.5,1.5,9");
    expect(await fault(path)).toContain(
      'date_ambiguous: the date "31.01.2024 10:00": which is the day and which the month is not guessed',
    );
    const { bars } = await loadDataset(path, { timeFormat: "%d.%m.%Y %H:%M" });
    expect([...bars.time]).toEqual([Date.UTC(2024, 0, 31, 10)]);
  });

  it("a wrong format is an error of the option", async () => {
    const path = csv("format.csv", HEADER, "31.01.2024 10:00,1,2,0.5,1.5,9");
    expect(await fault(path, { timeFormat: "%Q" })).toContain("load_option: --time-format");
  });

  it("times that are neither dates nor numbers ask for a format", async () => {
    expect(await fault(csv("t.csv", HEADER, "monday,1,2,0.5,1.5,9"))).toBe(
      'time_text: the time "monday" is not understood',
    );
  });

  it("epoch numbers of unclear unit ask for it", async () => {
    const path = csv("t.csv", HEADER, "0,1,2,0.5,1.5,9", "60,1,2,0.5,1.5,9");
    expect(await fault(path)).toBe("time_unit_unclear: the time 0 could be in several units");
    expect([...(await loadDataset(path, { timeUnit: "s" })).bars.time]).toEqual([0, 60_000]);
  });

  it("a change of unit within a file is named with its line", async () => {
    const path = csv("t.csv", HEADER, `${T0},1,2,0.5,1.5,9`, `${T0 + 60_000}000,1,2,0.5,1.5,9`);
    expect(await fault(path)).toBe(
      "time_units_mixed: line 3: the time is not in ms like the first row: 1704067260000000,1,2,0.5,1.5,9",
    );
  });

  it("two time columns are an error that asks for one", async () => {
    const path = csv("t.csv", "date,unix,open,high,low,close", `x,${T0},1,2,0.5,1.5`);
    expect(await fault(path)).toBe("column_ambiguous: several columns could be time: date, unix");
    expect((await loadDataset(path, { timeColumn: "unix" })).from).toBe(T0);
  });
});

describe("forms of CSV", () => {
  it.each([
    ["semicolons", "time;open;high;low;close;volume\n2024-01-01;1;2;0.5;1.5;9\n"],
    [
      "tabs and quotes",
      '"time"\t"open"\t"high"\t"low"\t"close"\t"volume"\n"2024-01-01"\t1\t2\t0.5\t1.5\t9',
    ],
    ["CRLF and a byte order mark", `\uFEFF${HEADER}\r\n2024-01-01,1,2,0.5,1.5,9\r\n`],
    ["blank lines", `\n${HEADER}\n\n2024-01-01,1,2,0.5,1.5,9\n\n`],
    [
      "foreign columns",
      'symbol_id,note,time,open,high,low,close,volume\n7,"a,b",2024-01-01,1,2,0.5,1.5,9\n',
    ],
  ])("%s", async (_, content) => {
    const dataset = await loadDataset(written(directory, "form.csv", content));
    expect(columns(dataset).map((column) => [...column])).toEqual([
      [T0],
      [1],
      [2],
      [0.5],
      [1.5],
      [9],
    ]);
  });

  it("gzip, told by its bytes", async () => {
    const path = written(directory, "z.csv.gz", gzipSync(`${HEADER}\n2024-01-01,1,2,0.5,1.5,9\n`));
    expect((await loadDataset(path)).bars.close[0]).toBe(1.5);
  });

  it("names with wildcards are names", async () => {
    csv("barsX.csv", HEADER, "2024-01-01,9,9,9,9,9");
    const path = csv("bars[X]*?.csv", HEADER, "2024-01-01,1,2,0.5,1.5,9");
    expect((await loadDataset(path)).bars.close[0]).toBe(1.5);
  });

  it("volume may be missing: as a column with a warning, in a cell as na", async () => {
    const without = await loadDataset(
      csv("v.csv", "time,open,high,low,close", "2024-01-01,1,2,0.5,1.5"),
    );
    expect([without.bars.volume[0], without.warnings[0].code]).toEqual([
      Number.NaN,
      "volume_missing",
    ]);
    const lines = ["", "NaN", "null", "NA"].map(
      (cell, i) => `2024-01-0${i + 1},1,2,0.5,1.5,${cell}`,
    );
    const cells = await loadDataset(csv("v.csv", HEADER, ...lines));
    expect([...cells.bars.volume]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(cells.warnings).toEqual([]);
  });

  it.each(["-", "1 234", "12,3", "ten", "inf"])(
    "a volume of %j is an error, not na",
    async (cell) => {
      expect(await fault(csv("v.csv", HEADER, `2024-01-01,1,2,0.5,1.5,"${cell}"`))).toBe(
        `volume_not_finite: line 2: volume is neither a number nor missing: 2024-01-01,1,2,0.5,1.5,"${cell}"`,
      );
    },
  );

  it("a header alone is an empty dataset", async () => {
    const dataset = await loadDataset(csv("none.csv", HEADER));
    expect(dataset).toMatchObject({ state: "empty_dataset", from: null, to: null, interval: null });
    expect([dataset.table.numRows, dataset.reason?.code]).toEqual([0, "empty_dataset"]);
  });
});

describe("faults of CSV", () => {
  it.each([
    [
      "a row too short",
      [HEADER, "2024-01-01,1,2,0.5,1.5,9", "2024-01-02,1"],
      "csv_malformed: FILE line 3",
    ],
    ["no header", ["2024-01-01,1,2,0.5,1.5,9"], "csv_header: FILE has no header line"],
    [
      "a word as price",
      [HEADER, "2024-01-01,1,2,low,1.5,9"],
      "price_not_finite: line 2: low is not a finite number",
    ],
    ["an infinite price", [HEADER, "2024-01-01,1,inf,0.5,1.5,9"], "price_not_finite: line 2: high"],
    [
      "high below low",
      [HEADER, "2024-01-01,1,2,0.5,1.5,9", "2024-01-02,1,0.5,2,1,9"],
      "high_below_low: line 3",
    ],
    [
      "a fault after blank and broken lines",
      [HEADER, "", '"2024-01-01",1,2,0.5,1.5,9', "", "2024-01-02,,2,0.5,1.5,9"],
      "price_not_finite: line 5: open",
    ],
    [
      "a date that does not exist",
      [HEADER, "2024-01-31,1,2,0.5,1.5,9", "2024-02-30,1,2,0.5,1.5,9"],
      "bad_time: line 3",
    ],
    [
      "other columns",
      ["a,b,c", "1,2,3"],
      "column_missing: no column for time; the columns are: a, b, c",
    ],
  ])("%s", async (_, lines, expected) => {
    expect((await fault(csv("fault.csv", ...lines))).startsWith(expected)).toBe(true);
  });

  it("counts further rows with the same fault", async () => {
    const lines = [1, 2, 3].map((day) => `2024-01-0${day},1,0.5,2,1,9`);
    expect(await fault(csv("fault.csv", HEADER, ...lines))).toMatch(/ \(and 2 more rows\)$/);
  });

  it("faulty prices outside the window do not matter, faulty times do", async () => {
    const path = csv("w.csv", HEADER, "2024-01-01,,2,0.5,1.5,9", "2024-01-02,1,2,0.5,1.5,9");
    expect((await loadDataset(path, { from: "2024-01-02" })).bars.time.length).toBe(1);
    const unsorted = csv(
      "w.csv",
      HEADER,
      "2024-01-01,1,2,0.5,1.5,9",
      "2023-01-02,1,2,0.5,1.5,9",
      "2024-01-03,1,2,0.5,1.5,9",
    );
    expect(await fault(unsorted, { from: "2024-01-03" })).toContain("time_unsorted: line 3");
  });
});

describe("windows", () => {
  const days = Array.from(
    { length: 10 },
    (_, i) => `2024-01-${String(i + 1).padStart(2, "0")},1,2,0.5,${i + 1},9`,
  );

  it("reads exactly the earlier bars that are asked for", async () => {
    const path = csv("days.csv", HEADER, ...days.map((day) => day.replace(",2,", ",20,")));
    const dataset = await loadDataset(path, {
      from: "2024-01-05",
      to: "2024-01-06",
      warmupBars: 3,
    });
    expect([...dataset.bars.close]).toEqual([2, 3, 4, 5, 6]);
    expect([dataset.warmup, dataset.from]).toEqual([3, Date.UTC(2024, 0, 5)]);
    const all = await loadDataset(path, { from: "2024-01-03", warmupBars: 99 });
    expect([all.warmup, all.bars.close.length]).toEqual([2, 10]);
  });

  it("a window without bars is an empty dataset that names the range of the file", async () => {
    const path = csv("days.csv", HEADER, ...days.map((day) => day.replace(",2,", ",20,")));
    const { state, reason } = await loadDataset(path, { from: "2025-01-01", warmupBars: 3 });
    expect([state, reason?.hint]).toEqual([
      "empty_dataset",
      "there is: 2024-01-01T00:00:00Z to 2024-01-10T00:00:00Z",
    ]);
  });

  it("warns when the strategy names another interval than the file has", async () => {
    const path = csv("days.csv", HEADER, ...days.map((day) => day.replace(",2,", ",20,")));
    const { warnings, interval } = await loadDataset(path, { interval: "1h" });
    expect([interval, warnings[0].message]).toEqual([
      "1d",
      "the strategy names bars of 1h, the file holds bars of 1d",
    ]);
  });

  it("a reversed range is an error before the file is looked for", async () => {
    expect(await fault("nowhere.csv", { from: "2024-02-01", to: "2024-01-01" })).toContain(
      "range_reversed",
    );
  });
});

describe("files of several symbols", () => {
  const path = () =>
    csv(
      "symbols.csv",
      "symbol,time,open,high,low,close,volume",
      "ETH,2024-01-01,1,2,0.5,1.5,9",
      "BTC,2024-01-01,10,20,5,15,9",
      "ETH,2024-01-02,1,2,0.5,1.6,9",
      "BTC,2024-01-02,10,x,5,16,9",
    );

  it("one is chosen by name", async () => {
    const dataset = await loadDataset(path(), { symbol: "ETH" });
    expect([dataset.symbol, ...dataset.bars.close]).toEqual(["ETH", 1.5, 1.6]);
  });

  it("none chosen is an error that lists them, an unknown one a state", async () => {
    expect(await fault(path())).toBe(
      "source_ambiguous: the source holds more than one symbol: BTC, ETH",
    );
    const { state, reason } = await loadDataset(path(), { symbol: "EHT" });
    expect([state, reason?.hint]).toEqual(["symbol_not_found", 'did you mean "ETH"?']);
  });

  it("a faulty row is named by its line in the file", async () => {
    expect(await fault(path(), { symbol: "BTC" })).toBe(
      "price_not_finite: line 5: high is not a finite number: BTC,2024-01-02,10,x,5,16,9",
    );
  });
});

describe("decimal text", () => {
  it("is read as JavaScript reads it, correctly rounded", async () => {
    const seed = 20_240_101;
    console.log(`fast-check seed ${seed}`);
    const number = fc.oneof(
      fc.double({ min: 1e-12, max: 1e15, noNaN: true }).map(String),
      fc
        .tuple(fc.bigInt(1n, 10n ** 19n), fc.integer({ min: 0, max: 25 }))
        .map(([digits, scale]) => {
          const text = String(digits).padStart(scale + 1, "0");
          return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
        }),
    );
    const texts = fc.sample(number, { numRuns: 20_000, seed });
    const lines = texts.map((text, i) => `${T0 + i * 60_000},${text},${text},${text},${text},0`);
    const { bars } = await loadDataset(csv("decimals.csv", HEADER, ...lines));
    expect(texts.filter((text, i) => bars.close[i] !== Number(text))).toEqual([]);
  });
});
