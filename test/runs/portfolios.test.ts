import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { HOURLY, rules, swymc } from "../cli/run.ts";

const folder = mkdtempSync(join(tmpdir(), "swymc-kept-portfolios-"));
afterAll(() => rmSync(folder, { recursive: true }));
const EMA = rules("ema_crossover");
const RSI = rules("rsi_reversal");
const second = join(folder, "second.csv");
let path: string;
let count = 0;
beforeAll(() => {
  const [head, ...lines] = readFileSync(HOURLY, "utf8").trim().split("\n");
  writeFileSync(second, [head, ...lines.slice(200, 1800)].join("\n"));
});
beforeEach(() => {
  path = join(folder, `runs-${++count}.duckdb`);
});

async function run(...args: readonly string[]): Promise<string> {
  const ran = await swymc(...args);
  expect(ran.code, ran.err).toBe(0);
  return ran.out;
}

const ACCOUNT = ["--data", HOURLY, "--data", second, "--symbols", "AAA,B=F", "--rules"];
const save = async (...more: readonly string[]) =>
  JSON.parse(
    await run("portfolio", EMA, ...ACCOUNT, `B=F=${RSI}`, "--save", path, "--json", ...more),
  );
const list = async (...more: readonly string[]) =>
  JSON.parse(await run("runs", "list", "--db", path, "--json", ...more));

async function sql(...statements: readonly string[]): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  let found: unknown[][] = [];
  for (const text of statements) {
    found = (await connection.runAndReadAll(text)).getRowsJS() as unknown[][];
  }
  connection.closeSync();
  instance.closeSync();
  return found;
}

describe("a kept portfolio", () => {
  test("is listed and shown as it was, with the trades of each symbol", async () => {
    const { trades, ...told } = await save("--commission", "0.1");
    const [row] = await list();
    expect(row).toMatchObject({
      kind: "portfolio",
      state: "ok",
      strategy_id: null,
      symbol: "AAA,B=F",
      interval: "1h",
      metrics: told.metrics,
    });
    const shown = JSON.parse(await run("runs", "show", "latest", "--db", path, "--json"));
    expect(shown.result).toEqual(told);
    expect(shown.trades).toHaveLength(trades.length);
    shown.trades.forEach((trade: object, k: number) => {
      expect(trades[k]).toMatchObject(trade);
    });
    expect(shown.strategies.map((one: { symbol: string }) => one.symbol)).toEqual(["AAA", "B=F"]);
    expect(JSON.parse(shown.strategies[1].text)).toEqual(JSON.parse(readFileSync(RSI, "utf8")));
    const text = await run("runs", "show", row.id.slice(0, 8), "--db", path);
    expect(text).toContain("ema_crossover.json on 2 symbols");
    expect(text).toMatch(/\n {2}B=F +1,600 /);
    expect(text).toContain("again: swymc");
  });

  test("is kept once however often, and apart where a setting or a document differs", async () => {
    await save();
    await save("--equity", join(folder, "equity.csv"));
    expect(await list()).toHaveLength(1);
    await save("--commission", "0.1");
    await run("portfolio", EMA, ...ACCOUNT.slice(0, -1), "--save", path);
    expect(await list()).toHaveLength(3);
    expect(await sql("SELECT count(*)::INTEGER FROM strategies")).toEqual([[2]]);
    expect(await sql("SELECT count(*)::INTEGER FROM portfolio_symbols")).toEqual([[6]]);
  });

  test("is found by the strategy of any symbol, and stays out of the view of single runs", async () => {
    const { symbols } = await save();
    await run("backtest", EMA, "--data", HOURLY, "--save", path);
    expect(await list("--strategy", symbols[1].strategy_id)).toHaveLength(1);
    expect(await list("--strategy", symbols[0].strategy_id)).toHaveLength(2);
    expect(await sql("SELECT strategy_id FROM paper_runs")).toEqual([[symbols[0].strategy_id]]);
    const ids = (await list()).map(({ id }: { id: string }) => id);
    const compared = await run("runs", "compare", ...ids, "--db", path);
    expect(compared).toContain("AAA,B=F");
  });

  test("is removed with its trades and equity", async () => {
    await save();
    expect(await run("runs", "rm", "latest", "--db", path)).toBe("1 removed\n");
    for (const table of ["portfolios", "portfolio_symbols", "portfolio_trades", "equity"])
      expect(await sql(`SELECT count(*)::INTEGER FROM ${table}`)).toEqual([[0]]);
  });

  test("comes into a database of the second version, which is read before as well", async () => {
    await run("backtest", EMA, "--data", HOURLY, "--save", path);
    await sql(
      ...["portfolios", "portfolio_symbols", "portfolio_trades"].map((t) => `DROP TABLE ${t}`),
      "UPDATE schema_metadata SET value = '2' WHERE key = 'runs_schema_version'",
    );
    expect(await list()).toHaveLength(1);
    await save();
    expect(await list()).toHaveLength(2);
  });
});
