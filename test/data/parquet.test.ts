import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadDataset } from "../../src/data/index.ts";
import { identify } from "../../src/data/source-kind.ts";
import { columns, duck, fault, temporary, written } from "./support.ts";

const directory = temporary();
const T0 = 1704067200000;

/** Writes the result of a query to a Parquet file. */
async function parquet(name: string, query: string): Promise<string> {
  const path = join(directory, name);
  await duck(":memory:", `COPY (${query}) TO '${path}' (FORMAT parquet)`);
  return path;
}

const HOURS = "range(3) AS t(i)";
const PRICES =
  "1 + i AS open, 3.5 + i AS high, 0.5::FLOAT AS low, (2 + i)::DECIMAL(18, 4) AS close";

describe("Parquet", () => {
  it.each([
    ["timestamps", "TIMESTAMP '2024-01-01' + to_hours(i)"],
    ["timestamps with a zone", "TIMESTAMPTZ '2024-01-01 00:00:00+00' + to_hours(i)"],
    ["timestamps in ns", "(TIMESTAMP '2024-01-01' + to_hours(i))::TIMESTAMP_NS"],
    ["timestamps in ms", "(TIMESTAMP '2024-01-01' + to_hours(i))::TIMESTAMP_MS"],
    ["epoch seconds", "1704067200 + i * 3600"],
    ["epoch ms as double", "(1704067200000 + i * 3600000)::DOUBLE"],
    ["epoch us", "1704067200000000 + i * 3600000000"],
    ["ISO text", "strftime(TIMESTAMP '2024-01-01' + to_hours(i), '%Y-%m-%dT%H:%M:%SZ')"],
  ])("reads times as %s", async (_, time) => {
    const path = await parquet(
      "t.parquet",
      `SELECT ${time} AS ts, ${PRICES}, NULL::BIGINT AS volume FROM ${HOURS}`,
    );
    const dataset = await loadDataset(path);
    expect(columns(dataset).map((column) => [...column])).toEqual([
      [T0, T0 + 3_600_000, T0 + 7_200_000],
      [1, 2, 3],
      [3.5, 4.5, 5.5],
      [0.5, 0.5, 0.5],
      [2, 3, 4],
      [Number.NaN, Number.NaN, Number.NaN],
    ]);
  });

  it("reads dates", async () => {
    const path = await parquet(
      "d.parquet",
      `SELECT DATE '2024-01-01' + i::INT AS date, ${PRICES}, 1 AS volume FROM ${HOURS}`,
    );
    expect((await loadDataset(path)).interval).toBe("1d");
  });

  it("rounds decimals once", async () => {
    const path = await parquet(
      "d.parquet",
      "SELECT 1704067200 AS time, 1 AS open, 123456789012345.67::DECIMAL(38, 20) AS high, 0.1::DECIMAL(38,30) AS low, 0.3::DECIMAL(5, 2) AS close, 7 AS v",
    );
    const { bars } = await loadDataset(path);
    expect([bars.high[0], bars.low[0], bars.close[0]]).toEqual([123456789012345.67, 0.1, 0.3]);
  });

  it("a null price is an error with its row, never 0", async () => {
    const path = await parquet(
      "n.parquet",
      `SELECT 1704067200 + i AS time, ${PRICES.replace("1 + i AS open", "nullif(i, 1) + 1 AS open")}, 1 AS volume FROM ${HOURS}`,
    );
    expect(await fault(path)).toBe(
      "price_not_finite: row 2: open is not a finite number: 2024-01-01T00:00:01Z open na high 4.5 low 0.5 close 3 volume 1",
    );
  });

  it.each([
    [
      "a null time",
      "nullif(TIMESTAMP '2024-01-01' + to_hours(i), TIMESTAMP '2024-01-01 01:00')",
      "bad_time: row 2",
    ],
    [
      "an infinite time",
      "CASE WHEN i = 2 THEN 'infinity'::TIMESTAMP ELSE TIMESTAMP '2024-01-01' + to_hours(i) END",
      "bad_time: row 3",
    ],
    [
      "a time between milliseconds",
      "TIMESTAMP '2024-01-01' + to_microseconds(i)",
      "time_below_ms: row 2",
    ],
    ["a list as time", "[i]", "time_type"],
  ])("%s is an error", async (_, time, expected) => {
    const path = await parquet(
      "t.parquet",
      `SELECT ${time} AS ts, ${PRICES}, 1 AS volume FROM ${HOURS}`,
    );
    expect((await fault(path)).startsWith(expected)).toBe(true);
  });

  it("refuses a price column of another type by name", async () => {
    const path = await parquet(
      "t.parquet",
      `SELECT i + 1704067200 AS ts, ${PRICES.replace("0.5::FLOAT", "true")}, 1 AS volume FROM ${HOURS}`,
    );
    expect(await fault(path)).toBe(
      'column_type: the column "low" has type BOOLEAN, which is not a number',
    );
  });

  it("keeps the order of the file, whatever the number of row groups", async () => {
    const path = await parquet(
      "o.parquet",
      "SELECT 1704067200 + i AS time, i AS open, i AS high, i AS low, i AS close, i AS volume FROM range(600000) AS t(i)",
    );
    const { bars } = await loadDataset(path);
    expect(bars.close.every((value, i) => value === i)).toBe(true);
  });

  it("refuses more rows than the limit", async () => {
    const path = await parquet(
      "o.parquet",
      "SELECT 1704067200 + i AS time, i AS open, i AS high, i AS low, i AS close, i AS volume FROM range(1000) AS t(i)",
    );
    expect(await fault(path, { maxBars: 999 })).toBe(
      "too_many_bars: the source holds 1000 rows; the limit is 999",
    );
  });

  it("refuses a file of a few hundred bytes that claims 300 million rows", async () => {
    const path = await parquet(
      "c.parquet",
      "SELECT 1704067200 + i AS time, 1 AS open, 1 AS high, 1 AS low, 1 AS close, 1 AS volume FROM range(100) AS t(i)",
    );
    const claiming = written(
      directory,
      "claim.parquet",
      withRowCount(readFileSync(path), 100, 300_000_000),
    );
    expect(await fault(claiming)).toBe(
      "too_many_bars: the source holds 300000000 rows; the limit is 50000000",
    );
    const credible = written(
      directory,
      "claim.parquet",
      withRowCount(readFileSync(path), 100, 40_000_000),
    );
    const before = process.memoryUsage().arrayBuffers;
    await loadDataset(credible).catch(() => {});
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  it("names files whose content is not what they say", async () => {
    expect(await fault(written(directory, "x.parquet", "time,open\n"))).toBe(
      "file_kind_mismatch: FILE is named like Parquet, but its content is something else",
    );
    const path = await parquet(
      "p.parquet",
      `SELECT 1704067200 + i AS time, ${PRICES}, 1 AS v FROM ${HOURS}`,
    );
    expect(await fault(written(directory, "p.csv", readFileSync(path)))).toBe(
      "file_kind_mismatch: FILE is named like CSV, but its content is Parquet",
    );
    expect(
      await fault(written(directory, "cut.parquet", readFileSync(path).subarray(0, 200))),
    ).toContain("read_failed");
  });
});

describe("other files", () => {
  it.each([
    ["nothing.csv", "", "file_empty"],
    ["a.zip", "PK\u0003\u0004....", "file_kind_unsupported: FILE is a zip archive"],
    ["a.json", "[]", "file_kind_unsupported: FILE is JSON"],
    ["a.db", "SQLite format 3\0....", "file_kind_unsupported: FILE is an SQLite database"],
    ["a.feather", "FEA1....", "file_kind_unsupported: FILE is Feather version 1"],
    ["a.data", "what is this", "file_kind_unknown"],
    ["a.csv.gz", "not gzip", "file_kind_mismatch"],
    ["a.csv", "\u0000\u0001\u0002 binary", "file_kind_mismatch"],
  ])("%s", async (name, content, expected) => {
    expect((await fault(written(directory, name, content))).startsWith(expected)).toBe(true);
  });

  it.each(["a.zip", "a.json"])("%s: the help names the command that reads it", (name) => {
    const path = written(directory, name, name === "a.zip" ? "PK\u0003\u0004...." : "[]");
    expect(() => identify(path)).toThrowError(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({ hint: expect.stringContaining("swymc data import") }),
        ],
      }),
    );
  });

  it("a missing file and a directory", async () => {
    expect(await fault(join(directory, "none.csv"))).toBe("file_not_found: no such file: FILE");
    expect(await fault(directory)).toBe("file_is_directory: FILE is a directory, not a file");
  });
});

/** Changes the number of rows in the footer: field 3 of FileMetaData in Thrift's compact form. */
function withRowCount(file: Buffer, from: number, to: number): Buffer {
  const footerLength = file.readUInt32LE(file.length - 8);
  const footer = file.subarray(file.length - 8 - footerLength, file.length - 8);
  const at = footer.indexOf(Buffer.from([0x16, ...varint(2 * from), 0x19]));
  const changed = Buffer.concat([
    footer.subarray(0, at + 1),
    Buffer.from(varint(2 * to)),
    footer.subarray(at + 1 + varint(2 * from).length),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(changed.length);
  return Buffer.concat([
    file.subarray(0, file.length - 8 - footerLength),
    changed,
    length,
    Buffer.from("PAR1"),
  ]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) | 128);
  }
}
