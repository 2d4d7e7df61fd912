import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { validateSweep } from "../../src/index.ts";
import { blockReturns } from "../../src/report/validation/block-returns.ts";
import { meanCorrelation } from "../../src/report/validation/selection.ts";
import { Random } from "../../src/stats/validation/index.ts";
import { HOURLY, rules, swymc, temporaryFolder } from "../cli/run.ts";

const folder = temporaryFolder();
const results = (name: string) => join(folder, name);
const QUICK = ["--resamples", "300"];
const SPACE = ["--param", "fast=2..30", "--param", "slow=5..100:5", "--where", "fast < slow"];
const EMA = rules("ema_crossover_params");

async function swept(out: string, ...args: readonly string[]): Promise<string> {
  const path = results(out);
  const { code, err } = await swymc("sweep", EMA, "--data", HOURLY, ...args, "--out", path);
  expect(code, err).toBe(0);
  return path;
}

async function verdictOf(path: string, ...args: readonly string[]) {
  const { code, out, err } = await swymc("validate", path, ...QUICK, "--json", ...args);
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

describe("the worked example of docs/validation.md on the random walk of fixtures/", () => {
  let path: string;
  beforeAll(async () => {
    path = await swept("example.parquet", ...SPACE);
  }, 180_000);

  test("looks excellent, and is unmasked by the deflated Sharpe ratio and the overfitting", async () => {
    const found = await verdictOf(path);
    expect(found.best.params).toEqual({ fast: 7, slow: 30 });
    expect(found.metrics.total_return).toBeGreaterThan(0.4);
    expect(found.metrics.sharpe).toBeGreaterThan(4);
    expect(found.probabilistic_sharpe).toBeGreaterThan(0.97);
    expect(found.verdict.level).toBe("weak");
    expect(found.trials).toBe(499);
    expect(found.deflated_sharpe.probability).toBeLessThan(0.95);
    expect(found.selection).toMatchObject({ trials: 499, drawn: 499 });
    expect(found.selection.overfitting.probability).toBeGreaterThan(0.5);
    expect(found.selection.superior.cash.spa.consistent).toBeGreaterThan(0.05);
    expect(found.verdict.reasons.join(" ")).toContain("below the median");
  }, 180_000);

  test("says so to people in the first line", async () => {
    const { out } = await swymc("validate", path, ...QUICK, "--sample", "20");
    const [first, ...rest] = out.split("\n");
    expect(first).toMatch(
      /^Weak\. Alone it would stand out \(97\.\d+ %\), but not as the best of 499 trials/,
    );
    expect(rest.join("\n")).toMatch(/Overfitting .* have the best of 20 of 499 sets in sample/);
    expect(rest.join("\n")).toContain("fast = 7, slow = 30, the best of 499 trials by sharpe");
    expect(rest.join("\n")).toContain("Risk of ever falling");
  }, 180_000);

  test("says the same from a program", async () => {
    const { best, found } = await validateSweep(path, { resamples: 300 });
    const told = await verdictOf(path);
    expect(best.params).toEqual(told.best.params);
    expect(found.verdict).toEqual(told.verdict);
  }, 180_000);

  test("is reproducible by its seed, and trials by hand count too", async () => {
    const few = ["--sample", "30"];
    const [a, b, c] = [
      await verdictOf(path, ...few, "--seed", "5"),
      await verdictOf(path, ...few, "--seed", "5"),
      await verdictOf(path, ...few, "--seed", "6", "--trials", "100000"),
    ];
    expect(a).toEqual(b);
    expect(c.selection.overfitting).not.toEqual(a.selection.overfitting);
    expect(c.trials).toBe(100_000);
    expect(c.deflated_sharpe.probability).toBeLessThan(a.deflated_sharpe.probability);
    expect((await verdictOf(path, ...few, "--trials", "3")).trials).toBe(499);
  }, 180_000);

  test("takes the variance of the trials from the rows", async () => {
    const csv = await swept("variance.csv", ...SPACE);
    const [head, ...lines] = readFileSync(csv, "utf8").trim().split("\n");
    const at = head!.split(",").indexOf("sharpe");
    const sharpes = lines.map((line) => Number(line.split(",")[at]));
    const mean = sharpes.reduce((sum, x) => sum + x, 0) / sharpes.length;
    const variance = sharpes.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (sharpes.length - 1);
    const { deflated_sharpe } = await verdictOf(csv, "--sample", "20");
    expect(deflated_sharpe.variance).toBeCloseTo(variance / (365 * 24), 12);
  }, 180_000);
});

const SMALL = ["--param", "fast=4..10:2", "--param", "slow=20..60:20"];

test("every format of results gives the same verdict", async () => {
  const found = [];
  for (const ending of ["csv", "parquet", "arrow", "duckdb"]) {
    found.push(await verdictOf(await swept(`small.${ending}`, ...SMALL)));
  }
  for (const other of found.slice(1)) expect(other).toEqual(found[0]);
  expect(found[0].selection.stability.best.neighbours).toBeGreaterThan(0);
}, 180_000);

test("windows and a halving: the trials on the same bars are compared, all are counted", async () => {
  const windows = await swept("windows.csv", ...SMALL, "--windows", "2024-01..2024-03/1mo");
  const found = await verdictOf(windows);
  expect(found.trials).toBe(36);
  expect(found.selection.trials).toBe(12);
  const halving = await verdictOf(await swept("halving.csv", ...SMALL, "--search", "halving"));
  expect(halving.trials).toBe(12);
  expect(halving.selection.stability).toBeNull();
}, 180_000);

test("a script with an input of words", async () => {
  const script = join(folder, "cross.pine");
  writeFileSync(
    script,
    `//@version=5
strategy("cross", default_qty_type = strategy.percent_of_equity, default_qty_value = 100)
length = input.int(10, minval = 2)
side = input.string("long", options = ["long", "short"])
average = ta.sma(close, length)
if ta.crossover(close, average)
    strategy.entry("L", side == "long" ? strategy.long : strategy.short)
if ta.crossunder(close, average)
    strategy.close("L")
`,
  );
  const space = ["--param", "length=10..30:10", "--param", "side"];
  for (const ending of ["csv", "arrow"]) {
    const out = results(`script.${ending}`);
    const { code, err } = await swymc("sweep", script, "--data", HOURLY, ...space, "--out", out);
    expect(code, err).toBe(0);
    const found = await verdictOf(out);
    expect(found.trials).toBe(6);
    expect(found.best.params.side).toMatch(/^(long|short)$/);
  }
}, 180_000);

test.each([
  ["bars of one's own", ["--data", HOURLY], "--data is kept in the results of a sweep"],
  ["costs of one's own", ["--slippage-bps", "2"], "--slippage-bps is kept in the results"],
])("refuses %s with results", async (_, args, message) => {
  const path = results("refused.csv");
  if (!existsSync(path)) await swept("refused.csv", ...SMALL);
  const { code, err } = await swymc("validate", path, ...args);
  expect(code).toBe(1);
  expect(err).toContain(message);
});

test("a file that is no result of a sweep, and none at all, are errors", async () => {
  expect((await swymc("validate", HOURLY)).err).toContain("holds no results of a sweep");
  expect((await swymc("validate", results("none.parquet"))).code).toBe(1);
});

test("a strategy alone: its trials are what is said", async () => {
  const run = (...args: string[]) =>
    swymc(
      "validate",
      EMA,
      "--data",
      HOURLY,
      ...QUICK,
      ...args,
      "--param",
      "fast=7",
      "--param",
      "slow=30",
    );
  const one = JSON.parse((await run("--json")).out);
  const many = JSON.parse((await run("--json", "--trials", "10000")).out);
  expect(one.verdict.level).toBe("supported");
  expect(many.verdict.level).toBe("weak");
  expect(many.selection).toBeNull();
  expect(one.kelly.bootstrap.low).toBeLessThan(one.kelly.kelly);
  expect(one.ruin.risk).toHaveLength(one.ruin.stakes.length);
  expect((await run()).out).toMatch(/^Supported\. After 1 trial /);
  expect((await swymc("validate", EMA)).err).toContain("--data is missing");
  expect((await run("--sample", "9")).err).toContain("--sample is for the results of a sweep");
});

test("returns of blocks chain to the whole", () => {
  const equity = Float64Array.from({ length: 25 }, (_, i) => 100 + i);
  const returns = blockReturns(equity, 100, 10);
  expect(returns).toHaveLength(8);
  expect(returns.reduce((value, r) => value * (1 + r), 1)).toBeCloseTo(1.24, 14);
  expect([...blockReturns(Float64Array.of(1, 0, 1), 1, 3)]).toEqual([0, Number.NaN, Number.NaN]);
});

test("the mean correlation is that of all pairs", () => {
  const random = new Random(3);
  const common = Float64Array.from({ length: 60 }, () => random.below(1000));
  const series = Array.from({ length: 5 }, () => common.map((x) => x + random.below(1500)));
  const centred = series.map((one) => {
    const mean = one.reduce((a, b) => a + b, 0) / one.length;
    return one.map((x) => x - mean);
  });
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const pairs = centred.flatMap((a, i) =>
    centred.slice(i + 1).map((b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))),
  );
  const mean = pairs.reduce((a, b) => a + b, 0) / pairs.length;
  expect(meanCorrelation(series)).toBeCloseTo(mean, 12);
  expect(meanCorrelation([new Float64Array(5), new Float64Array(5)])).toBeNull();
});
