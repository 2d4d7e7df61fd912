import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { checkStored } from "../../src/data/store/check.ts";
import { withStore } from "../../src/data/store/open-store.ts";
import { MIGRATIONS, migrate, SCHEMA_VERSION, schemaVersion } from "../../src/data/store/schema.ts";
import { summarise } from "../../src/data/store/summary.ts";
import { bar, bars, codesOf, content, csv, HOURLY, importInto, workspace } from "./workspace.ts";

const folder = workspace();
const file = csv(folder, "bars.csv", bars(0, 24));

async function database(name: string, statements: readonly string[]): Promise<string> {
  const path = join(folder, name);
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  return path;
}

const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("the schema", () => {
  test("is made once, with its version", async () => {
    const db = join(folder, "made.duckdb");
    await importInto(db, [file]);
    const version = await withStore(db, {}, ({ connection }) => schemaVersion(connection, db));
    expect(version).toBe(SCHEMA_VERSION);
  });

  test("of an older version is taken forward, and keeps its bars", async () => {
    const db = join(folder, "older.duckdb");
    await importInto(db, [file]);
    const before = await content(db);
    const next = [...MIGRATIONS, ["ALTER TABLE main.imports ADD COLUMN note VARCHAR"]];
    const version = await withStore(db, {}, async ({ connection }) => {
      await migrate(connection, SCHEMA_VERSION, next);
      return schemaVersion(connection, db, next.length);
    });
    expect(version).toBe(SCHEMA_VERSION + 1);
    // What this swymc then sees is the database of a newer one.
    const bytes = digest(db);
    expect(await codesOf(importInto(db, [file]))).toEqual(["store_newer"]);
    expect(await codesOf(content(db))).toEqual(["store_newer"]);
    expect(digest(db)).toBe(bytes);
    expect(before).toHaveLength(24);
  });
});

describe("a database that is not ours is refused, and stays as it is", () => {
  const OURS = [...MIGRATIONS.flat(), "INSERT INTO schema_metadata VALUES ('schema_version', '1')"];
  const PLAIN =
    "CREATE TABLE candles (exchange VARCHAR, symbol VARCHAR, interval VARCHAR, open_time TIMESTAMP, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE";
  const cases: [name: string, statements: string[]][] = [
    ["a view named candles", ["CREATE VIEW candles AS SELECT * FROM read_text('/etc/passwd')"]],
    ["a macro beside our tables", [...OURS, "CREATE MACRO lag(x) AS 666"]],
    ["a table macro", [...OURS, "CREATE MACRO candles_of(x) AS TABLE SELECT x"]],
    ["a view beside our tables", [...OURS, "CREATE VIEW v AS SELECT 1"]],
    [
      "a default that reads",
      [
        MIGRATIONS[0][0],
        OURS.at(-1)!,
        `${PLAIN}, note DOUBLE DEFAULT random(), PRIMARY KEY (exchange, symbol, interval, open_time))`,
      ],
    ],
    [
      "a check",
      [
        MIGRATIONS[0][0],
        OURS.at(-1)!,
        `${PLAIN}, CHECK (open > 0), PRIMARY KEY (exchange, symbol, interval, open_time))`,
      ],
    ],
    ["candles without a key", [MIGRATIONS[0][0], OURS.at(-1)!, `${PLAIN})`]],
    [
      "candles without a version",
      [`${PLAIN}, PRIMARY KEY (exchange, symbol, interval, open_time))`],
    ],
    [
      "a collector's dataset",
      [
        "CREATE TABLE schema_metadata (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)",
        "INSERT INTO schema_metadata VALUES ('market_data_schema_version', '1')",
        "CREATE TABLE raw_klines (symbol VARCHAR)",
      ],
    ],
    ["other tables", ["CREATE TABLE mine (a INTEGER)"]],
  ];

  test.each(cases)("%s", async (name, statements) => {
    const db = await database(`${name}.duckdb`, statements);
    const bytes = digest(db);
    expect(await codesOf(importInto(db, [file]))).toEqual(["store_foreign"]);
    expect(await codesOf(content(db))).toEqual(["store_foreign"]);
    expect(digest(db)).toBe(bytes);
  });

  test("a file of another kind", async () => {
    const path = join(folder, "text.duckdb");
    writeFileSync(path, "time,open\n");
    expect(await codesOf(importInto(path, [file]))).toEqual(["file_kind_mismatch"]);
    expect(readFileSync(path, "utf8")).toBe("time,open\n");
  });
});

test("files that were not named are out of the store's reach", async () => {
  const db = join(folder, "reach.duckdb");
  const reading = withStore(db, { create: true, files: [file] }, async ({ connection }) => {
    await connection.run("SELECT * FROM read_csv(?)", [file]);
    await connection.run("SELECT * FROM read_text('/etc/passwd')");
  });
  await expect(reading).rejects.toThrow(/disabled by configuration/);
});

test("a second process is told who holds the database", async () => {
  const db = join(folder, "held.duckdb");
  await importInto(db, [file]);
  const api = import.meta.resolve("@duckdb/node-api");
  const code = `import { DuckDBInstance } from ${JSON.stringify(api)};
    const i = await DuckDBInstance.create(${JSON.stringify(db)}); console.log("open"); setInterval(() => i, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", code]);
  try {
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    for (const attempt of [() => importInto(db, [file]), () => content(db)]) {
      await expect(attempt()).rejects.toThrow(new RegExp(`database_locked: .*PID ${holder.pid}`));
    }
  } finally {
    holder.kill("SIGKILL");
  }
});

test("within one process a second opening is refused too", async () => {
  const db = join(folder, "twice.duckdb");
  const codes = await withStore(db, { create: true }, () => codesOf(content(db)));
  expect(codes).toEqual(["database_locked"]);
});

describe("looking at what is stored", () => {
  const db = join(folder, "look.duckdb");

  test("series with their coverage", async () => {
    await importInto(db, [csv(folder, "gappy.csv", [...bars(0, 6), ...bars(8, 12)])]);
    // A working week, Monday to the Monday after.
    const days = [0, 1, 2, 3, 4, 7].map((day) => bar(day * 24));
    await importInto(db, [csv(folder, "days.csv", days)], { ...HOURLY, interval: "1d" });
    const always = await withStore(db, { readOnly: true }, (store) => summarise(store, "24x7"));
    expect(always).toEqual([
      {
        exchange: "test_spot",
        symbol: "AAA",
        interval: "1d",
        rows: 6,
        from: "2024-01-01T00:00:00Z",
        to: "2024-01-08T00:00:00Z",
        coverage_pct: 75,
        schema_version: 1,
      },
      {
        exchange: "test_spot",
        symbol: "AAA",
        interval: "1h",
        rows: 10,
        from: "2024-01-01T00:00:00Z",
        to: "2024-01-01T11:00:00Z",
        coverage_pct: 83.3333,
        schema_version: 1,
      },
    ]);
    const week = await withStore(db, { readOnly: true }, (store) => summarise(store, "weekdays"));
    expect(week.map((one) => one.coverage_pct)).toEqual([100, 83.3333]);
  });

  test("faults with their first rows", async () => {
    const check = () =>
      withStore(db, { readOnly: true }, (store) => checkStored(store, { calendar: "weekdays" }));
    const { bars: count, faults } = await check();
    expect(count).toBe(16);
    expect(faults.map(({ fault, count }) => [fault, count])).toEqual([["time_gap", 1]]);
    await withStore(db, {}, async ({ connection }) => {
      await connection.run(
        "UPDATE main.candles SET close = 'nan' WHERE open_time = '2024-01-01 03:00:00'",
      );
      await connection.run(
        "UPDATE main.candles SET high = low - 1 WHERE open_time = '2024-01-01 04:00:00'",
      );
      await connection.run(
        "UPDATE main.candles SET low = 0 WHERE open_time = '2024-01-01 05:00:00'",
      );
      await connection.run(
        "UPDATE main.candles SET high = 900 WHERE open_time = '2024-01-01 09:00:00'",
      );
      await connection.run(
        "UPDATE main.candles SET open_time = '2024-01-01 10:30:00' WHERE open_time = '2024-01-01 10:00:00'",
      );
    });
    const again = await check();
    expect(
      Object.fromEntries(again.faults.map(({ fault, count }) => [fault, count])),
    ).toMatchObject({
      price_not_finite: 1,
      high_below_low: 1,
      price_not_positive: 1,
      price_spike: expect.any(Number),
      time_misaligned: 1,
    });
    expect(again.faults.find(({ fault }) => fault === "price_not_finite")?.first[0]).toContain(
      "2024-01-01T03:00:00.000Z",
    );
  });
});
