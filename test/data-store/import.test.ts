import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ImportOptions } from "../../src/data/import/options.ts";
import { loadDataset } from "../../src/data/index.ts";
import { withStore } from "../../src/data/store/open-store.ts";
import { SwymcError } from "../../src/diagnostics/index.ts";
import { bar, bars, codesOf, content, csv, HOURLY, importInto, workspace } from "./workspace.ts";

const folder = workspace();
let made = 0;
const fresh = () => join(folder, `store-${++made}.duckdb`);

describe("importing again", () => {
  test("the same file changes nothing", async () => {
    const db = fresh();
    const file = csv(folder, "once.csv", bars(0, 50));
    const [first] = await importInto(db, [file]);
    expect(first).toMatchObject({ inserted: 50, unchanged: 0, duplicates: 0, dropped: 0 });
    const before = await content(db);
    const [second] = await importInto(db, [file]);
    expect(second).toMatchObject({ inserted: 0, unchanged: 50 });
    expect(await content(db)).toEqual(before);
  });

  test("files that overlap make the content of one", async () => {
    const [parts, whole] = [fresh(), fresh()];
    await importInto(parts, [csv(folder, "late.csv", bars(30, 80))]);
    const [report] = await importInto(parts, [csv(folder, "early.csv", bars(0, 50))]);
    expect(report).toMatchObject({ inserted: 30, unchanged: 20 });
    await importInto(whole, [csv(folder, "whole.csv", bars(0, 80))]);
    expect(await content(parts)).toEqual(await content(whole));
  });

  test("the loader reads the store as it is", async () => {
    const db = fresh();
    await importInto(db, [csv(folder, "load.csv", bars(0, 24))]);
    const dataset = await loadDataset(db, { symbol: "AAA", interval: "1h" });
    expect(dataset).toMatchObject({ state: "ok", exchange: "test_spot", interval: "1h" });
    expect([...dataset.bars.close]).toEqual(bars(0, 24).map((line) => Number(line.split(",")[4])));
  });
});

describe("a stored bar with other values", () => {
  const setup = async () => {
    const db = fresh();
    await importInto(db, [csv(folder, "stored.csv", bars(0, 10))]);
    const other = csv(folder, "other.csv", [bar(8), bar(9, { close: 104.5 }), bar(10)]);
    return { db, other, before: await content(db) };
  };

  test("is refused, and nothing of the file is stored", async () => {
    const { db, other, before } = await setup();
    expect(await codesOf(importInto(db, [other]))).toEqual(["import_conflict"]);
    expect(await content(db)).toEqual(before);
  });

  test("stays with keep", async () => {
    const { db, other, before } = await setup();
    const [report] = await importInto(db, [other], { ...HOURLY, onConflict: "keep" });
    expect(report).toMatchObject({ inserted: 1, unchanged: 1, kept: 1, replaced: 0 });
    expect((await content(db)).slice(0, 10)).toEqual(before);
  });

  test("is replaced with replace", async () => {
    const { db, other } = await setup();
    const [report] = await importInto(db, [other], { ...HOURLY, onConflict: "replace" });
    expect(report).toMatchObject({ inserted: 1, unchanged: 1, kept: 0, replaced: 1 });
    expect((await content(db))[9][7]).toBe(104.5);
    const [again] = await importInto(db, [other]);
    expect(again).toMatchObject({ inserted: 0, unchanged: 3 });
  });
});

describe("faults", () => {
  const odd = (hour: number, cells: string) => bar(hour).replace(/,.*/, `,${cells}`);
  const cases: [fault: string, lines: string[], stored: number][] = [
    ["bad_time", [bar(0), `nonsense,1,1,1,1,1`, bar(2)], 2],
    ["time_out_of_range", [bar(0), "9999-01-01T00:00:00Z,1,1,1,1,1", bar(2)], 2],
    ["price_not_finite", [bar(0), odd(1, ",1,1,1,1"), bar(2)], 2],
    ["price_not_positive", [bar(0), odd(1, "0,1,0,1,1"), bar(2)], 3],
    ["volume_not_finite", [bar(0), odd(1, "1,1,1,1,many"), bar(2)], 2],
    ["high_below_low", [bar(0), odd(1, "100,99,101,100,1"), bar(2)], 2],
    ["bar_inconsistent", [bar(0), odd(1, "100,101,99,102,1"), bar(2)], 3],
    ["time_duplicated", [bar(0), bar(1), bar(1, { close: 102.5 }), bar(2)], 3],
    ["no_rows", [], 0],
  ];

  test.each(cases)("%s is refused, and admitted by name", async (fault, lines, stored) => {
    const db = fresh();
    const file = csv(folder, `${fault}.csv`, lines);
    expect(await codesOf(importInto(db, [file]))).toEqual([fault, "import_refused"]);
    expect(await content(db)).toEqual([]);
    const options: ImportOptions = { ...HOURLY, allow: [fault as "bad_time"] };
    const [report] = await importInto(db, [file], options);
    expect(report.warnings.map(({ code }) => code)).toContain(fault);
    expect(report.rows).toBe(lines.length);
    expect(report.inserted + report.dropped).toBe(lines.length);
    expect(await content(db)).toHaveLength(stored);
  });

  test("the last bar of a time is stored where times come twice", async () => {
    const db = fresh();
    const file = csv(folder, "twice.csv", [bar(0), bar(1), bar(1, { close: 102.5 })]);
    await importInto(db, [file], { ...HOURLY, allow: ["time_duplicated"] });
    expect((await content(db)).map((row) => row[7])).toEqual([100, 102.5]);
  });

  const warned: [code: string, lines: string[]][] = [
    ["time_gap", [bar(0), bar(1), bar(5)]],
    ["volume_zero", [bar(0), bar(1, { volume: 0 }), bar(2)]],
    ["price_spike", [...bars(0, 9), bar(9, { close: 140 }), ...bars(10, 20)]],
    ["time_repeated", [bar(0), bar(1), bar(1), bar(2)]],
    ["time_misaligned", [bar(0), odd(1, "100,101,99,100,1").replace(":00:00", ":20:00"), bar(2)]],
    ["rows_sorted", [bar(0), bar(2), bar(1), bar(3)]],
  ];

  test.each(warned)("%s is a warning", async (code, lines) => {
    const db = fresh();
    const [report] = await importInto(db, [csv(folder, `${code}.csv`, lines)]);
    expect(report.warnings.map((one) => one.code)).toContain(code);
    expect(report.inserted).toBe(new Set(lines).size);
  });

  test("a gap over a week-end speaks of --calendar, and is none on a calendar that knows it", async () => {
    const lines = ["2024-01-04", "2024-01-05", "2024-01-08", "2024-01-10"].map(
      (day) => `${day},100,101,99,100,5`,
    );
    const file = csv(folder, "days.csv", lines);
    const gaps = async (calendar?: "weekdays") => {
      const options = { ...HOURLY, interval: "1d", calendar } as const;
      const [{ warnings }] = await importInto(fresh(), [file], options);
      return warnings.map(({ message, hint }) => [/\d+ bars?/.exec(message)?.[0], hint]);
    };
    const hint = "for a market that closes: `--calendar weekdays` or `--calendar forex`";
    expect(await gaps()).toEqual([["3 bars", hint]]);
    expect(await gaps("weekdays")).toEqual([["1 bar", undefined]]);
  });

  test.each([
    ["", "na"],
    [" NaN ", "na"],
    ["N/A", "na"],
    ["None", "na"],
    ["1e3", 1000],
    ["  7.5 ", 7.5],
  ])("the volume %j is %s", async (text, volume) => {
    const db = fresh();
    await importInto(db, [csv(folder, "volume.csv", [odd(0, `100,101,99,100,${text}`), bar(1)])]);
    const [[found]] = (await content(db)).map((row) => row.slice(8));
    expect(Number.isNaN(found) ? "na" : found).toBe(volume);
  });

  test("a sound file has none", async () => {
    const [report] = await importInto(fresh(), [csv(folder, "sound.csv", bars(0, 100))]);
    expect(report.warnings).toEqual([]);
  });

  test("a large file stands in its own order, and gets its key all the same", async () => {
    const db = fresh();
    const large = csv(folder, "large.csv", bars(0, 300_000));
    const [report] = await importInto(db, [large]);
    expect(report).toMatchObject({ inserted: 300_000, warnings: [] });
    const [again] = await importInto(db, [large]);
    expect(again).toMatchObject({ inserted: 0, unchanged: 300_000 });
    const doubled = withStore(db, {}, ({ connection }) =>
      connection.run("INSERT INTO main.candles SELECT * FROM main.candles LIMIT 1"),
    );
    await expect(doubled).rejects.toThrow(/duplicate key/i);
  });

  test("newest first is sorted without a word", async () => {
    const [up, down] = [fresh(), fresh()];
    await importInto(up, [csv(folder, "up.csv", bars(0, 40))]);
    const [report] = await importInto(down, [csv(folder, "down.csv", bars(0, 40).reverse())]);
    expect(report).toMatchObject({ newestFirst: true, warnings: [] });
    expect(await content(down)).toEqual(await content(up));
  });
});

describe("of several files", () => {
  const diagnosed = async (lines: string[]) => {
    const sound = csv(folder, "first.csv", bars(0, 5));
    const odd = csv(folder, "second.csv", lines);
    const attempt = importInto(fresh(), [sound, odd]);
    const cause = await attempt.catch((error: unknown) => error);
    if (!(cause instanceof SwymcError)) throw cause;
    return { odd, diagnostics: cause.diagnostics };
  };

  test.each([
    ["date_ambiguous", ["01/03/2017,1,1,1,1,1"]],
    ["bad_time", [bar(5), "nonsense,1,1,1,1,1"]],
    ["no_rows", []],
  ])("an error (%s) says which one it is about", async (code, lines) => {
    const { odd, diagnostics } = await diagnosed(lines);
    expect(diagnostics[0].code).toBe(code);
    for (const { file, message } of diagnostics) expect(`${file} ${message}`).toContain(odd);
  });

  test("one without bars can be passed over", async () => {
    const { diagnostics } = await diagnosed([]);
    expect(diagnostics.at(-1)?.hint).toBe("to pass it over: --allow no_rows");
  });
});

describe("names", () => {
  const file = csv(folder, "unnamed.csv", bars(0, 5));

  test.each(["exchange", "symbol", "interval"])("without --%s is an error", async (name) => {
    const options = { ...HOURLY, [name]: undefined };
    expect(await codesOf(importInto(fresh(), [file], options))).toEqual(["series_name_missing"]);
  });

  test("an interval longer than the steps is refused", async () => {
    const codes = await codesOf(importInto(fresh(), [file], { ...HOURLY, interval: "1d" }));
    expect(codes).toEqual(["interval_too_long", "import_refused"]);
  });

  test.each(["'; DROP TABLE candles; --", 'quote " and \\ back', "名前"])(
    "%s is a symbol like any other",
    async (symbol) => {
      const db = fresh();
      await importInto(db, [file], { ...HOURLY, symbol });
      await importInto(db, [file]);
      const stored = await content(db);
      expect(stored).toHaveLength(10);
      expect(new Set(stored.map((row) => row[1]))).toEqual(new Set([symbol, "AAA"]));
    },
  );

  test.each(["it's [1].csv", "star*.csv", 'a "b" ;.csv'])("a path %s is read", async (name) => {
    const db = join(folder, `${name}-${++made}.duckdb`);
    csv(folder, "starfish.csv", bars(90, 95));
    const [report] = await importInto(db, [csv(folder, name, bars(0, 5))]);
    expect(report.inserted).toBe(5);
  });
});
