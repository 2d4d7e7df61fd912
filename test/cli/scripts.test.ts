import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { HOURLY, rules, swymc, temporaryFile } from "./run.ts";

const SCRIPT = `//@version=6
strategy("Crossing", initial_capital = 10000, commission_type = strategy.commission.percent, commission_value = 0.1)
fast = input.int(12, minval = 2, maxval = 100)
slow = input.int(26)
useShorts = input.bool(false)
long = ta.crossover(ta.ema(close, fast), ta.ema(close, slow))
short = ta.crossunder(ta.ema(close, fast), ta.ema(close, slow))
if strategy.position_size == 0 and long
    strategy.entry("L", strategy.long, qty = 0.1)
if strategy.position_size > 0 and short
    strategy.close("L")
plot(ta.sma(close, 200), color = color.red)
`;

test("backtest runs a script with its inputs, and says what was in force", async () => {
  const file = temporaryFile("crossing.pine", SCRIPT);
  const ran = await swymc(
    "backtest",
    file,
    "--data",
    HOURLY,
    "--json",
    "--param",
    "fast=8",
    "--param",
    "useShorts=true",
  );
  expect(ran.err).toBe("");
  const result = JSON.parse(ran.out);
  expect(result.state).toBe("ok");
  expect(result.settings.params).toEqual({ fast: 8, slow: 26, useShorts: true });
  expect(result.settings.commission).toBe(0.001);
  expect(result.settings.script).toMatchObject({
    version: 6,
    commission_type: "percent",
    commission_value: 0.1,
  });
});

test("a script makes the trades of the same rules", async () => {
  const file = temporaryFile("crossing.pine", SCRIPT);
  const run = async (strategy: string, ...more: string[]) =>
    JSON.parse(
      (
        await swymc(
          "backtest",
          strategy,
          "--data",
          HOURLY,
          "--json",
          "--commission",
          "0.1",
          ...more,
        )
      ).out,
    );
  const document = JSON.parse(readFileSync(rules("ema_crossover"), "utf8"));
  for (const rule of document.rules) rule.then = { side: rule.then.side, quantity: "0.1" };
  const [script, json] = [await run(file), await run(temporaryFile("rules.json", document))];
  const times = (result: { trades: { entry_time: string; exit_time: string; pnl: number }[] }) =>
    result.trades.map(({ entry_time, exit_time, pnl }) => [entry_time, exit_time, pnl]);
  expect(script.trades.length).toBeGreaterThan(10);
  expect(times(script)).toEqual(times(json));
  expect(script.metrics.final_equity).toBeCloseTo(json.metrics.final_equity, 6);
});

test.each([
  ["an input out of its range", ["--param", "fast=1"], "fast"],
  ["an input that is not there", ["--param", "fsat=5"], "fsat"],
  ["an input of another type", ["--param", "fast=ten"], "ten"],
  ["slippage in basis points", ["--slippage-bps", "5"], "ticks"],
])("backtest refuses %s", async (_, flags, told) => {
  const file = temporaryFile("crossing.pine", SCRIPT);
  const { code, err } = await swymc("backtest", file, "--data", HOURLY, ...flags);
  expect(code).toBe(1);
  expect(err).toContain(told);
});

test("check names everything that is wrong with a script", async () => {
  const file = temporaryFile(
    "wrong.pine",
    "//@version=5\nstrategy('x')\nx = ta.smma(close, 5)\ny = clsoe + 1\n",
  );
  const { code, out } = await swymc("check", file);
  expect(code).toBe(1);
  expect(out).toContain("ta.sma");
  expect(out).toContain("close");
  expect(out).toContain("3:5");
});

test("backtest refuses a script without orders", async () => {
  const file = temporaryFile("indicator.pine", "//@version=5\nindicator('x')\nplot(close)\n");
  expect((await swymc("check", file)).code).toBe(0);
  const { code, err } = await swymc("backtest", file, "--data", HOURLY);
  expect(code).toBe(1);
  expect(err).toContain("script_no_orders");
});
