import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { HOURLY, rules, swymc } from "../cli/run.ts";

const folder = mkdtempSync(join(tmpdir(), "swymc-kept-sweeps-"));
afterAll(() => rmSync(folder, { recursive: true }));
let path: string;
let count = 0;
beforeEach(() => {
  path = join(folder, `runs-${++count}.duckdb`);
});

/** Tables that the first version of a database did not have. */
const NEWER = [
  ...["sweeps", "sweep_strategies", "sweep_trials"],
  ...["portfolios", "portfolio_symbols", "portfolio_trades"],
];
const SPACE = ["--param", "fast=4..12:4", "--param", "slow=20,40"];
const RULES = rules("ema_crossover_params");

async function run(...args: readonly string[]) {
  const ran = await swymc(...args);
  expect(ran.code, ran.err).toBe(0);
  return ran.out;
}

const save = (...more: readonly string[]) =>
  run(
    "sweep",
    RULES,
    "--data",
    HOURLY,
    "--threads",
    "1",
    ...SPACE,
    "--save",
    path,
    "--json",
    ...more,
  );
const list = async () => JSON.parse(await run("runs", "list", "--db", path, "--json"));

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

describe("a kept sweep", () => {
  test("is listed and shown with its best trial, and its rows are those of a file", async () => {
    const csv = join(folder, "rows.parquet");
    const outcome = JSON.parse(await save("--out", csv));
    const [best] = outcome.top;
    expect(await list()).toEqual([
      expect.objectContaining({
        kind: "sweep",
        state: "ok",
        trials: 6,
        strategy_id: best.strategy_id,
        metrics: best.metrics,
      }),
    ]);
    const shown = await run("runs", "show", "latest", "--db", path);
    expect(shown).toContain("the best of 6 trials");
    expect(shown).toContain(`trial ${best.trial}: fast = ${best.params.fast}`);
    expect(await run("runs", "list", "--db", path)).toMatch(/Kind.*\n.* sweep .* 6\n$/s);
    const columns = "trial, strategy_id, sharpe, max_drawdown, trades::BIGINT, state";
    const kept = await sql(
      `SELECT ${columns}, (params->>'fast')::DOUBLE, (params->>'slow')::DOUBLE FROM sweep_trials ORDER BY trial`,
    );
    expect(kept).toHaveLength(6);
    expect(kept).toEqual(
      await sql(`SELECT ${columns}, fast, slow FROM read_parquet('${csv}') ORDER BY trial`),
    );
  });

  test("is kept once however often, and apart where a setting differs", async () => {
    await save();
    await save("--top", "1");
    expect(await list()).toHaveLength(1);
    await save("--commission", "0.1");
    expect(await list()).toHaveLength(2);
    expect(await sql("SELECT count(*)::INTEGER FROM strategies")).toEqual([[1]]);
    expect(await sql("SELECT count(*)::INTEGER FROM sweep_trials")).toEqual([[12]]);
  });

  test("stands beside a backtest, and goes with all its rows", async () => {
    await run("backtest", RULES, "--data", HOURLY, "--save", path);
    await save();
    const kinds = (await list()).map(({ kind }: { kind: string }) => kind);
    expect(kinds.sort()).toEqual(["backtest", "sweep"]);
    const { id } = (await list()).find(({ kind }: { kind: string }) => kind === "sweep");
    const compared = await run("runs", "compare", id, "latest", "--db", path);
    expect(compared).toContain("Sharpe ratio");
    expect(await run("runs", "rm", id, "--db", path)).toBe("1 removed\n");
    expect((await list()).map(({ kind }: { kind: string }) => kind)).toEqual(["backtest"]);
    expect(await sql("SELECT count(*)::INTEGER FROM sweep_trials")).toEqual([[0]]);
  });

  test("is kept whole or not at all", async () => {
    await save();
    await run("runs", "rm", "latest", "--db", path);
    await sql("ALTER TABLE sweep_trials ALTER state TYPE INTEGER");
    const failed = await swymc(
      ...["sweep", RULES, "--data", HOURLY, "--threads", "1", ...SPACE, "--save", path],
    );
    expect(failed.code).not.toBe(0);
    expect(await list()).toEqual([]);
    expect(await sql("SELECT count(*)::INTEGER FROM sweep_strategies")).toEqual([[0]]);
  });

  test("finds its place in a database of the first version", async () => {
    await run("backtest", RULES, "--data", HOURLY, "--save", path);
    await sql(
      ...NEWER.map((table) => `DROP TABLE ${table}`),
      "UPDATE schema_metadata SET value = '1'",
    );
    expect((await list()).map(({ kind }: { kind: string }) => kind)).toEqual(["backtest"]);
    await save();
    expect(await list()).toHaveLength(2);
  });
});
