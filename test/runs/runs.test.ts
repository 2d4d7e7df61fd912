import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { backtest, compile, loadDataset } from "../../src/index.ts";
import type { Backtest } from "../../src/program/backtest.ts";
import { findRuns, listRuns, removeRuns, runRecord, saveRuns } from "../../src/runs/index.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const RULES = ["ema_crossover", "rsi_reversal"] as const;

const texts = RULES.map((name) => readFileSync(`${FIXTURES}rules/${name}.json`, "utf8"));
let runs: Backtest[];
let folder: string;
let path: string;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "swymc-runs-"));
  const dataset = await loadDataset(`${FIXTURES}ohlcv/synthetic_1h.csv`);
  runs = texts.map((text) => backtest(compile(text).program!, dataset, { interval: "1h" }));
});
beforeEach(() => {
  path = join(folder, `runs-${++count}.duckdb`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const recordOf = (k: number, text = texts[k]!) =>
  runRecord({ name: RULES[k]!, language: "json", text }, runs[k]!, "swymc backtest …");

async function query(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const found = (await connection.runAndReadAll(sql)).getRowsJS() as unknown[][];
  connection.closeSync();
  instance.closeSync();
  return found;
}

test("a run is kept whole and read back", async () => {
  expect(await saveRuns(path, [recordOf(0)])).toBe(1);
  const [found] = await findRuns(path, ["latest"]);
  if (found?.state !== "ok" || found.run.kind !== "backtest")
    throw new Error(JSON.stringify(found));
  const { trades, ...result } = runs[0]!.result;
  expect(found.run.result).toEqual(JSON.parse(JSON.stringify(result)));
  expect(found.run.metrics).toEqual(result.metrics);
  expect(found.run.trades.map(({ entry_time, pnl }) => [entry_time, pnl])).toEqual(
    trades.map(({ entry_time, pnl }) => [entry_time, pnl]),
  );
  expect(JSON.parse(found.run.strategy.text)).toEqual(JSON.parse(texts[0]!));
  const last = found.run.equity.at(-1)!;
  expect([last.time, last.equity]).toEqual([result.dataset.to, result.metrics!.final_equity]);
});

test("saving twice changes nothing, spelling of the document and command not counted", async () => {
  await saveRuns(path, [recordOf(0)]);
  const spelled = JSON.stringify(JSON.parse(texts[0]!), null, 8);
  expect(await saveRuns(path, [recordOf(0, spelled), recordOf(0)])).toBe(0);
  const other = { ...runs[0]!, result: structuredClone(runs[0]!.result) };
  (other.result.settings as { cash: number }).cash = 5;
  const record = runRecord({ name: "x", language: "json", text: texts[0]! }, other, null);
  expect(await saveRuns(path, [record])).toBe(1);
  expect((await listRuns(path)).length).toBe(2);
});

test("all of a set of runs are kept, or none", async () => {
  const broken = structuredClone(runs[1]!.result);
  (broken.trades[3] as { pnl: unknown }).pnl = null;
  const bad = { ...recordOf(1), result: broken };
  await expect(saveRuns(path, [recordOf(0), bad])).rejects.toThrow(/NOT NULL/);
  expect(await query("SELECT count(*) FROM runs")).toEqual([[0n]]);
  expect(await query("SELECT count(*) FROM trades")).toEqual([[0n]]);
  expect(await saveRuns(path, [recordOf(0), recordOf(1)])).toBe(2);
});

test("an id is found by its beginning, and said to be missing or ambiguous", async () => {
  await saveRuns(path, [recordOf(0), recordOf(1)]);
  const { key } = recordOf(1);
  const states = await findRuns(path, [key.slice(0, 10), "nothing", ""]);
  expect(states.map(({ state }) => state)).toEqual(["ok", "missing", "ambiguous"]);
  expect(await removeRuns(path, [key])).toBe(1);
  expect(await query("SELECT DISTINCT run_key FROM trades")).toEqual([[recordOf(0).key]]);
});

test("the swym system's comparison reads paper_runs", async () => {
  await saveRuns(path, [recordOf(0), recordOf(1)]);
  const found =
    await query(`SELECT strategy_id, config->'instrument'->>'name_exchange', candle_interval,
    CAST(result_summary->'sharpe_ratio' AS DOUBLE), created_at IS NOT NULL
    FROM paper_runs WHERE strategy_id = '${runs[0]!.result.strategy_id}' ORDER BY created_at DESC`);
  const { strategy_id, metrics } = runs[0]!.result;
  expect(found).toEqual([[strategy_id, null, "1h", metrics!.sharpe, true]]);
});

test("another program's database is refused and stays as it is", async () => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run("CREATE TABLE theirs (x INTEGER)");
  connection.closeSync();
  instance.closeSync();
  await expect(saveRuns(path, [recordOf(0)])).rejects.toThrow(/no database of runs/);
  expect(await query("SELECT table_name FROM duckdb_tables()")).toEqual([["theirs"]]);
});
