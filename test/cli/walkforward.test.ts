import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HOURLY, rules, swymc, temporaryFolder } from "./run.ts";

const EMA = rules("ema_crossover_params");
const SPACE = ["--param", "fast=5,10", "--param", "slow=20,40", "--threads", "1"];
const run = (...args: readonly string[]) =>
  swymc("walkforward", EMA, "--data", HOURLY, ...SPACE, ...args);

test("prints what is left out of sample, a line per window, and the stitched account", async () => {
  const { code, out } = await run();
  const lines = out.split("\n");
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/^Out of sample sharpe -?[\d.]+ a window, in sample -?[\d.]+/);
  expect(lines[1]).toContain("5 rolling windows, 70/30, embargo 40 bars, 20 trials by sharpe");
  expect(lines[3]).toMatch(/window +test +fast +slow +sharpe in +out +return in +out/);
  expect(lines.slice(4, 9).map((line) => line.trim().split(" ")[0])).toEqual([
    "1",
    "2",
    "3",
    "4",
    "5",
  ]);
  expect(lines[10]).toMatch(/^stitched {2}2024-\d\d-\d\d to 2024-03-30, 1,473 bars: return /);
});

test("--json has the windows; --equity the account", async () => {
  const equity = join(temporaryFolder(), "equity.csv");
  const { out } = await run(
    "--json",
    "--windows",
    "3",
    "--anchored",
    "--split",
    "60/40",
    "--embargo",
    "7",
    "--equity",
    equity,
  );
  const result = JSON.parse(out);
  expect(result).toMatchObject({ state: "ok", anchored: true, train_share: 0.6, embargo: 7 });
  expect(result.windows).toHaveLength(3);
  expect(result.windows[2].train.first).toBe(result.windows[0].train.first);
  const rows = readFileSync(equity, "utf8").trim().split("\n");
  expect(rows).toHaveLength(1 + result.stitched.test.bars);
  expect(Number(rows.at(-1)!.split(",")[1])).toBe(result.stitched.metrics.final_equity);
});

test.each([
  ["too few bars", ["--to", "2024-01-02"], "bars are too few for 5 windows"],
  ["an empty space", ["--where", "fast > slow"], "none of the 4 combinations meets"],
  ["an unknown objective", ["--objective", "sharp"], "sharp"],
  ["a split of one part", ["--split", "70"], "Expected TRAIN/TEST"],
  ["no windows", ["--windows", "0"], "at least 1"],
])("refuses %s", async (_, args, message) => {
  const { code, err } = await run(...args);
  expect(code).toBe(1);
  expect(err).toContain(message);
});
