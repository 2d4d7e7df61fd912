import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { barsToTable } from "../../src/data/index.ts";
import { duck, written } from "../data/support.ts";
import { fault, imported, stored, temporary } from "./support.ts";

const directory = temporary();
const HOUR = { exchange: "x", symbol: "S", interval: "1h" } as const;
const T0 = Date.UTC(2024, 0, 1);
const HEADER = "time,open,high,low,close,volume\n";

/** What an import fails with; the database that it was to go into is empty after it. */
async function refusal(path: string, options: object = HOUR): Promise<string> {
  const db = join(directory, `${Math.random().toString(36).slice(2)}.duckdb`);
  const message = await fault(imported(db, [path], options));
  expect(await stored(db)).toBe(0);
  return message.replaceAll(path, "FILE");
}

describe("hostile text", () => {
  it.each([
    [
      "10,000 columns",
      `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(",")}\n1,2\n`,
      /^column_missing: .{0,600}$/s,
    ],
    [
      "10,000 cells in one row",
      `${HEADER}2024-01-01,1,2,0.5,1,1${",9".repeat(10_000)}\n`,
      /^csv_malformed: FILE line 2/,
    ],
    [
      "times in year 9999",
      `${HEADER}2024-01-01,1,2,0.5,1,1\n9999-12-31,1,2,0.5,1,1\n`,
      /^time_out_of_range: line 3/,
    ],
    [
      "a time of no year",
      `${HEADER}2024-01-01,1,2,0.5,1,1\n999999-12-31,1,2,0.5,1,1\n`,
      /^(bad_time|time_out_of_range): line 3/,
    ],
    [
      "bytes that are not UTF-8",
      Buffer.concat([
        Buffer.from(`${HEADER}2024-01-01,1,2,0.5,1,1\n2024-01-02,1,2,0.5,`),
        Buffer.from([0xc3, 0x28, 0xff]),
        Buffer.from("\n"),
      ]),
      /^(csv_malformed|read_failed|import_encoding)/,
    ],
    ["NUL bytes", `${HEADER}2024-01-01,1,2,0.5,1,1\n\0\0\0\n`, /^file_kind_mismatch/],
    [
      "quotes that never close",
      `${HEADER}2024-01-01,"1,2,0.5,1,1\n`,
      /^(csv_malformed|read_failed|price_not_finite)/,
    ],
    [
      "formulas in place of prices",
      `${HEADER}2024-01-01,=1+1,2,0.5,1,1\n`,
      /^price_not_finite: line 2/,
    ],
  ])("with %s is refused", async (_, content, expected) => {
    expect(await refusal(written(directory, "bad.csv", content))).toMatch(expected);
  });

  it("in gzip that is cut short is refused", async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, i) => `${T0 + i * 3_600_000},${Math.sin(i) + 2},4,0.5,1,1\n`,
    );
    const whole = gzipSync(HEADER + rows.join(""));
    const path = written(directory, "cut.csv.gz", whole.subarray(0, whole.length / 2));
    expect(await refusal(path)).toMatch(/^(read_failed|csv_malformed)/);
  });

  it("as a symbol is stored as it is", async () => {
    const symbol = `'; DROP TABLE candles; --"\u202e`;
    const path = written(directory, "it's [a] *?.csv", `${HEADER}2024-01-01,1,2,0.5,1,1\n`);
    const db = join(directory, `o'dd "store" [x].duckdb`);
    const { reports } = await imported(db, [path], { ...HOUR, symbol });
    expect(reports[0].series[0].symbol).toBe(symbol);
    expect(await stored(db)).toBe(1);
    const inside = `exchange,symbol,${HEADER}"x","a'); DROP TABLE candles; --",2024-01-01,1,2,0.5,1,1\n`;
    const { interval } = HOUR;
    await imported(db, [written(directory, "sql.csv", inside)], { interval });
    expect(await stored(db)).toBe(2);
  });
});

describe("hostile JSON", () => {
  const json = (content: string | Buffer) => written(directory, "bad.json", content);
  const row = (i: number) => `[${T0 + i * 3_600_000},1,2,0.5,1,1]`;

  it.each([
    [
      "depth 100,000",
      `[${row(0)},${"[".repeat(100_000)}`,
      /^import_layout: FILE row 2: an array inside of a row|longer than/,
    ],
    [
      "a row of a million numbers",
      `[${row(0)},[${"1,".repeat(1e6)}1]]`,
      /^import_layout: FILE row 2: longer than/,
    ],
    ["a short row", `[${row(0)},[1,2,3]]`, /^import_layout: FILE row 2: 3 values instead of 6/],
    [
      "an object in a row",
      `[${row(0)},[{"a":1},1,1,1,1,1]]`,
      /^import_layout: FILE row 2: an object/,
    ],
    ["no comma", `[${row(0)}${row(1)}]`, /^import_layout: FILE row 2: "\[/],
    ["a comma too many", `[${row(0)},]`, /^import_layout: FILE row 2: "]"/],
    ["no end", `[${row(0)},`, /^import_layout: FILE row 2: the document ends/],
    [
      "two documents",
      `[${row(0)}][${row(1)}]`,
      /^import_layout: FILE row 2: .*the document should end/,
    ],
    [
      "NaN",
      `[${row(0)},[1704070800000,NaN,1,1,1,1]]`,
      /^import_layout: FILE row 2: .* is not JSON/,
    ],
    ["an infinite price", `[${row(0)},[1704070800000,1e999,1,1,1,1]]`, /^price_not_finite: row 2/],
    [
      "a text for a price",
      `[${row(0)},[1704070800000,"0x10",1,1,1,1]]`,
      /^price_not_finite: row 2/,
    ],
    ["no time", `[${row(0)},[null,1,2,0.5,1,1]]`, /^bad_time: row 2/],
    ["another unit in the middle", `[${row(0)},[1704070800,1,2,0.5,1,1]]`, /^bad_time: row 2/],
  ])("with %s is refused", async (_, content, expected) => {
    const path = json(content);
    expect(await refusal(path)).toMatch(expected);
  });

  it("that begins with numbers and never ends is refused at its first row", async () => {
    const path = join(directory, "endless.json");
    const out = createWriteStream(path);
    out.write("[");
    for (let i = 0; i < 40; i++) out.write("1234.5678,".repeat(100_000));
    await new Promise<void>((done) => out.end("1]", done));
    expect(await refusal(path)).toMatch(/^import_format_unknown/);
    const opened = json(Buffer.concat([Buffer.from("[["), readFileSync(path).subarray(1)]));
    expect(await refusal(opened)).toMatch(/^import_/);
  });
});

describe("hostile Parquet", () => {
  const sound = async (name: string) => {
    const path = join(directory, name);
    await duck(
      ":memory:",
      `COPY (SELECT TIMESTAMP '2024-01-01' + to_hours(i) AS time, 1 AS open, 2 AS high, 0.5 AS low, 1 AS close, 1 AS volume FROM range(100) AS t(i)) TO '${path}' (FORMAT parquet)`,
    );
    return readFileSync(path);
  };

  it("of a few hundred bytes that claims 300 million rows is refused before anything is allocated", async () => {
    const bytes = withRowCount(await sound("claim-source.parquet"), 100, 300_000_000);
    expect(bytes.length).toBeLessThan(2000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(written(directory, "claim.parquet", bytes))).toMatch(
      /^too_many_bars: the source holds 300000000 rows/,
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  it("cut in half, or with bytes flipped, is refused or read", async () => {
    const bytes = await sound("cut-source.parquet");
    expect(
      await refusal(written(directory, "cut.parquet", bytes.subarray(0, bytes.length / 2))),
    ).toMatch(/^(read_failed|file_kind_mismatch)/);
    for (let i = 0; i < 15; i++) {
      const flipped = Buffer.from(bytes);
      flipped[4 + Math.floor((i * (bytes.length - 8)) / 15)] ^= 0x5a;
      const path = written(directory, "flipped.parquet", flipped);
      const outcome = await imported(":memory:", [path], HOUR).then(
        () => "read",
        (error) => error.diagnostics?.[0].code ?? `crash: ${error}`,
      );
      expect(outcome).not.toMatch(/^crash/);
    }
  });
});

describe("damaged feather files", () => {
  const count = Number(process.env.SWYMC_FUZZ ?? 3);

  it(
    `${count} of them neither hang nor end the process`,
    async () => {
      const of = (f: (i: number) => number) => Float64Array.from({ length: 200 }, (_, i) => f(i));
      const table = barsToTable({
        time: of((i) => T0 + i * 60_000),
        open: of(() => 1),
        high: of(() => 2),
        low: of(() => 0.5),
        close: of(() => 1),
        volume: of((i) => i),
      });
      const sound = tableToIPC(table, "file");
      let state = 7;
      const random = () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
      };
      for (let i = 0; i < count; i++) {
        const bytes = sound.slice();
        for (let flips = 0; flips < 3; flips++) {
          bytes[8 + Math.floor(random() * (bytes.length - 8))] = random() * 256;
        }
        const path = written(directory, "BTC_USDT-1m.feather", bytes);
        const outcome = await imported(":memory:", [path], { exchange: "x" }).then(
          ({ bars }) => `read ${bars.length}`,
          (error) => error.diagnostics?.[0].code ?? `crash: ${error}`,
        );
        expect(outcome).not.toMatch(/^crash/);
      }
    },
    60_000 + count * 10_000,
  );
});

/** A Parquet footer whose row counts say something else: Thrift writes them as zigzag varints. */
function withRowCount(bytes: Buffer, from: number, to: number): Buffer {
  const footer = bytes.readUInt32LE(bytes.length - 8);
  const start = bytes.length - 8 - footer;
  const [before, after] = [varint(from * 2), varint(to * 2)];
  const parts: Buffer[] = [];
  const body = bytes.subarray(start, bytes.length - 8);
  let at = 0;
  for (let hit = body.indexOf(before); hit >= 0; hit = body.indexOf(before, at)) {
    parts.push(body.subarray(at, hit), after);
    at = hit + before.length;
  }
  parts.push(body.subarray(at));
  const changed = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(changed.length);
  return Buffer.concat([bytes.subarray(0, start), changed, length, Buffer.from("PAR1")]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}
