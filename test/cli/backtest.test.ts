import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { BacktestResult } from "../../src/report/index.ts";
import { METRICS } from "../../src/stats/index.ts";
import { ROOT } from "../source-tree.ts";
import { DAILY, HOURLY, rules, swymc, temporaryFile } from "./run.ts";

const schema = JSON.parse(readFileSync(join(ROOT, "schemas/backtest-result.schema.json"), "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
for (const format of ["date-time", "uuid"]) ajv.addFormat(format, true);
const validate = ajv.compile(schema);

/** Runs with --json; standard output must hold one object of the schema and nothing else. */
async function json(...args: readonly string[]) {
  const { code, out, err } = await swymc("backtest", ...args, "--json");
  const result = JSON.parse(out);
  validate(result);
  expect(validate.errors ?? []).toEqual([]);
  return { code, err, result: result as BacktestResult };
}

describe("backtest --json", () => {
  test("states data, settings, metrics and trades of a run", async () => {
    const { code, err, result } = await json(rules("ema_crossover"), "--data", HOURLY);
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(result.state).toBe("ok");
    expect(result.dataset).toEqual({
      source: HOURLY,
      exchange: null,
      mode: null,
      product: null,
      symbol: null,
      interval: "1h",
      bars: 2160,
      from: "2024-01-01T00:00:00Z",
      to: "2024-03-30T23:00:00Z",
    });
    expect(result.settings).toEqual({
      interval: "1h",
      from: null,
      to: null,
      cash: 10000,
      commission: 0,
      slippage: 0,
      fill: "next_open",
      delay: 0,
      execution: {
        commission_per_unit: 0,
        commission_per_order: 0,
        maker_commission: null,
        commission_tiers: null,
        spread: 0,
        slippage_ticks: 0,
        impact: null,
        liquidity: null,
        latency_ms: null,
        funding: null,
        borrow: 0,
        tick: null,
        lot: null,
        leverage: null,
        maintenance_margin: null,
        both_hit: "tv_path",
        close_at_end: false,
      },
      risk_free_return: 0,
      calendar: null,
      warmup: 0,
      dialect: "tv",
      params: {},
      script: null,
    });
    expect(Object.keys(result.metrics ?? {})).toEqual(METRICS.map(({ name }) => name));
    expect(result.trades).toHaveLength(result.metrics?.trades ?? -1);
  });

  test("an order is filled at the open after its signal, or at the close of its bar", async () => {
    const bars = readFileSync(HOURLY, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    const args = [rules("ema_crossover"), "--data", HOURLY];
    const next = (await json(...args)).result.trades[0];
    const close = (await json(...args, "--fill", "close")).result.trades[0];
    const at = bars.findIndex(([time]) => time === next.entry_signal_time);
    expect(next.entry_time).toBe(bars[at + 1][0]);
    expect(next.entry_price).toBe(Number(bars[at + 1][1]));
    expect(close.entry_time).toBe(close.entry_signal_time);
    expect(close.entry_price).toBe(Number(bars[at][4]));
  });

  test("takes commission in percent and slippage in basis points, states fractions", async () => {
    const { result } = await json(
      ...[rules("ema_crossover"), "--data", HOURLY],
      ...["--commission", "0.07", "--slippage-bps", "3", "--cash", "50000"],
    );
    expect(result.settings).toMatchObject({ commission: 0.0007, slippage: 0.0003, cash: 50000 });
    const [trade] = result.trades;
    const paid = 0.0007 * trade.quantity * (trade.entry_price + (trade.exit_price ?? 0));
    expect(trade.commission).toBeCloseTo(paid, 9);
  });

  test("parameters change the identity and stand in the settings", async () => {
    const args = [rules("ema_crossover_params"), "--data", HOURLY];
    const usual = await json(...args);
    const other = await json(...args, "--param", "fast=10", "--param", "slow=30");
    expect(usual.result.settings.params).toEqual({ fast: 12, slow: 26 });
    expect(other.result.settings.params).toEqual({ fast: 10, slow: 30 });
    expect(other.result.strategy_id).not.toBe(usual.result.strategy_id);
  });

  test("a window of dates holds both days whole", async () => {
    const { result } = await json(
      ...[rules("ema_crossover"), "--data", HOURLY],
      ...["--from", "2024-01-10", "--to", "2024-02-09"],
    );
    expect(result.settings).toMatchObject({
      from: "2024-01-10T00:00:00Z",
      to: "2024-02-10T00:00:00Z",
    });
    expect(result.dataset).toMatchObject({
      bars: 31 * 24,
      from: "2024-01-10T00:00:00Z",
      to: "2024-02-09T23:00:00Z",
    });
  });

  test("--warmup reads earlier bars, which are not counted", async () => {
    const { result } = await json(
      ...[rules("ema_crossover"), "--data", HOURLY, "--warmup"],
      ...["--from", "2024-01-10", "--to", "2024-02-09"],
    );
    expect(result.settings.warmup).toBeGreaterThan(0);
    expect(result.dataset).toMatchObject({ bars: 31 * 24, from: "2024-01-10T00:00:00Z" });
  });

  test("no trades is a result with metrics, not a failure", async () => {
    const idle = temporaryFile("idle.json", { type: "default", order_quantity: "1" });
    const { code, result } = await json(idle, "--data", HOURLY);
    expect(code).toBe(0);
    expect(result).toMatchObject({ state: "no_trades", trades: [], rejections: { count: 0 } });
    expect(result.metrics).toMatchObject({ final_equity: 10000, trades: 0, win_rate: null });
    expect(result.metrics_null.win_rate).toBe("no closed trades");
  });

  test("an empty window is a state of its own, with exit code 1", async () => {
    const { code, err, result } = await json(
      ...[rules("ema_crossover"), "--data", HOURLY, "--from", "2030-01-01"],
    );
    expect(code).toBe(1);
    expect(result).toMatchObject({ state: "empty_dataset", metrics: null, trades: [] });
    expect(result.reason?.code).toBe("empty_dataset");
    expect(err).toContain("no bars in");
  });

  test("warns where the document names another interval than the file has", async () => {
    const { code, result } = await json(rules("ema_crossover"), "--data", DAILY);
    expect(code).toBe(0);
    expect(result.dataset.interval).toBe("1d");
    expect(result.document.candle_interval).toBe("1h");
    expect(result.warnings.map(({ code }) => code)).toEqual(["interval_differs"]);
  });

  test("rejected orders are counted and listed", async () => {
    const { result } = await json(rules("ema_crossover"), "--data", HOURLY, "--cash", "100");
    expect(result.state).toBe("no_trades");
    expect(result.rejections.count).toBeGreaterThan(0);
    expect(result.rejections.orders[0]).toMatchObject({ side: "buy", available: 100 });
  });
});

describe("a paper-run body", () => {
  test("gives cash, commission, window and risk-free return", async () => {
    const { result } = await json(rules("paper_run"), "--data", HOURLY);
    expect(result.settings).toMatchObject({
      cash: 20000,
      commission: 0.001,
      delay: 0,
      risk_free_return: 0.04,
      from: "2024-01-08T00:00:00Z",
      to: "2024-03-01T00:00:00Z",
    });
    expect(result.dataset).toMatchObject({
      from: "2024-01-08T00:00:00Z",
      to: "2024-02-29T23:00:00Z",
    });
  });

  test("is overridden by flags, and the result states both", async () => {
    const { result } = await json(
      ...[rules("paper_run"), "--data", HOURLY, "--commission", "0.2", "--cash", "30000"],
      ...["--from", "2024-01-20", "--risk-free-return", "0"],
    );
    expect(result.settings).toMatchObject({
      cash: 30000,
      commission: 0.002,
      risk_free_return: 0,
      from: "2024-01-20T00:00:00Z",
      to: "2024-03-01T00:00:00Z",
    });
    expect(result.document.paper_run).toEqual({
      mode: "backtest",
      starts_at: "2024-01-08T00:00:00Z",
      finishes_at: "2024-03-01T00:00:00Z",
      exchange: "synthetic",
      symbol: "SYNUSDT",
      kind: "spot",
      cash: 20000,
      commission: 0.001,
      latency_ms: 50,
      risk_free_return: 0.04,
    });
  });
});
