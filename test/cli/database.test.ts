import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../source-tree.ts";
import { HOURLY, rules, swymc, temporaryFolder } from "./run.ts";

let database: string;

/** Two symbols; the first in two intervals. */
beforeAll(async () => {
  database = join(temporaryFolder(), "market.duckdb");
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  await connection.run(
    "CREATE TABLE candles(exchange VARCHAR, symbol VARCHAR, interval VARCHAR, open_time TIMESTAMP, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE)",
  );
  const insert = (symbol: string, interval: string, where: string) =>
    connection.run(
      `INSERT INTO candles SELECT 'synthetic', '${symbol}', '${interval}', time, open, high, low, close, volume FROM read_csv('${HOURLY}') WHERE ${where}`,
    );
  await insert("SYNUSDT", "1h", "true");
  await insert("SYNUSDT", "1d", "hour(time) = 0");
  await insert("OTHER", "1h", "day(time) < 9");
  connection.closeSync();
  instance.closeSync();
});

const run = async (...args: readonly string[]) => {
  const { code, out, err } = await swymc("backtest", ...args, "--json");
  return { code, err, result: JSON.parse(out) };
};

describe("a database of several series", () => {
  test("the document's interval and --symbol choose one, with the results of the file", async () => {
    const ema = rules("ema_crossover");
    const { result } = await run(ema, "--data", database, "--symbol", "SYNUSDT");
    expect(result.dataset).toMatchObject({
      exchange: "synthetic",
      symbol: "SYNUSDT",
      interval: "1h",
      bars: 2160,
    });
    const file = (await run(ema, "--data", HOURLY)).result;
    expect(result.trades).toEqual(file.trades);
    expect(result.metrics).toEqual(file.metrics);
  });

  test("--interval overrides candle_interval, and the result states both", async () => {
    const { result } = await run(
      ...[rules("ema_crossover"), "--data", database, "--symbol", "SYNUSDT", "--interval", "1d"],
    );
    expect(result.dataset).toMatchObject({ interval: "1d", bars: 90 });
    expect(result.settings.interval).toBe("1d");
    expect(result.document.candle_interval).toBe("1h");
  });

  test("a paper-run body names its symbol", async () => {
    const { code, result } = await run(rules("paper_run"), "--data", database);
    expect(code).toBe(0);
    expect(result.dataset.symbol).toBe("SYNUSDT");
  });

  test("an unknown symbol is a state that says what there is", async () => {
    const { code, err, result } = await run(
      ...[rules("ema_crossover"), "--data", database, "--symbol", "SYNUSD"],
    );
    expect(code).toBe(1);
    expect(result).toMatchObject({ state: "symbol_not_found", metrics: null, trades: [] });
    expect(result.reason.hint).toBe('did you mean "SYNUSDT"?');
    expect(result.available.map((one: { symbol: string }) => one.symbol)).toContain("OTHER");
    expect(err).toContain('did you mean "SYNUSDT"?');
  });

  test("an interval that is absent leaves an empty dataset and names the ranges", async () => {
    const { code, result } = await run(
      ...[rules("ema_crossover"), "--data", database, "--symbol", "SYNUSDT", "--interval", "5m"],
    );
    expect(code).toBe(1);
    expect(result.state).toBe("empty_dataset");
    expect(result.available).toContainEqual(
      expect.objectContaining({ symbol: "SYNUSDT", interval: "1d", from: "2024-01-01T00:00:00Z" }),
    );
  });

  test("without a choice it is an error that lists the choices", async () => {
    const { code, result } = await run(rules("ema_crossover"), "--data", database);
    expect(code).toBe(1);
    expect(result.state).toBe("error");
    expect(result.diagnostics[0].message).toContain("SYNUSDT");
    expect(result.diagnostics[0].message).toContain("OTHER");
  });
});

test("the states of the schema are those of the code", () => {
  const schema = JSON.parse(
    readFileSync(join(ROOT, "schemas/backtest-result.schema.json"), "utf8"),
  );
  expect(schema.$defs.result.properties.state.enum).toEqual([
    "ok",
    "no_trades",
    "empty_dataset",
    "symbol_not_found",
  ]);
});
