import { describe, expect, test } from "vitest";
import {
  computeMetrics,
  type RunSettings,
  type Signals,
  simulate,
  tradeObjects,
} from "../../src/backtest/index.ts";
import { barsPerYear, type MetricName } from "../../src/stats/index.ts";
import { modalStep } from "../../src/vector/modal-step.ts";
import { expectNear } from "./golden-run.ts";
import { goldenSignals } from "./golden-signals.ts";
import { hasShared, readBars, readRows, readShared } from "./shared-data.ts";

interface VectorbtRun {
  readonly key: string;
  readonly dataset: string;
  readonly strategy: string;
  readonly seed: string;
  readonly variant: "next_open_qty1" | "close_allcash";
  readonly init_cash: number;
  readonly stats: Record<string, number>;
  readonly [number: string]: unknown;
}

const all: VectorbtRun[] = hasShared ? JSON.parse(readShared("vectorbt/SUMMARY.json")).runs : [];
const runs = all.filter((run) => run.seed === "sma");

/** Where the definitions agree. Its expectancy, win rate and profit factor of `stats` are over closed trades. */
const SAME: readonly [MetricName, (run: VectorbtRun) => number][] = [
  ["final_equity", (run) => run["final_value"] as number],
  ["total_return", (run) => run["total_return"] as number],
  ["cagr", (run) => run["annualized_return"] as number],
  ["volatility", (run) => run["annualized_volatility"] as number],
  ["sharpe", (run) => run["sharpe_ratio"] as number],
  ["sortino", (run) => run["sortino_ratio"] as number],
  ["calmar", (run) => run["calmar_ratio"] as number],
  ["omega", (run) => run["omega_ratio"] as number],
  ["max_drawdown", (run) => -(run["max_drawdown"] as number)],
  ["trades", (run) => run["trades"] as number],
  ["closed_trades", (run) => run["closed_trades"] as number],
  ["commission", (run) => run["total_fees"] as number],
  ["win_rate", (run) => run.stats["Win Rate [%]"] / 100],
  ["profit_factor", (run) => run.stats["Profit Factor"]],
  ["expectancy", (run) => run.stats["Expectancy"]],
  ["best_trade", (run) => run.stats["Best Trade [%]"] / 100],
  ["worst_trade", (run) => run.stats["Worst Trade [%]"] / 100],
];

describe.skipIf(!hasShared)("trades and metrics equal vectorbt", () => {
  test.each(runs.map((run) => [run.key, run] as const))("%s", (key, run) => {
    const bars = readBars(run.dataset);
    const allCash = run.variant === "close_allcash";
    const settings: RunSettings = {
      cash: run.init_cash,
      commission: 0.001,
      slippage: 0,
      fill: allCash ? "close" : "next_open",
      delay: 0,
      start: 0,
    };
    const signals = goldenSignals(run.strategy, bars);
    const simulation = simulate(bars, allCash ? withAllCash(signals) : signals, settings);
    const annual = {
      barsPerYear: barsPerYear(bars.time, { interval: modalStep(bars.time)! }),
      riskFreeReturn: 0,
    };
    const { metrics, metrics_null } = computeMetrics(bars, simulation, settings, annual);

    expect(metrics_null).toEqual({});
    for (const [name, theirs] of SAME) {
      const expected = theirs(run);
      // It compounds returns bar by bar, which costs digits where the whole return is 1e-7.
      const tolerance = 1e-13 + 1e-7 * Math.abs(expected);
      const near = Math.abs((metrics[name] ?? Number.NaN) - expected) <= tolerance;
      expect({ name, value: near ? expected : metrics[name] }).toEqual({ name, value: expected });
    }
    expectTrades();

    function expectTrades(): void {
      const golden = readRows(`vectorbt/${key}.trades.csv.gz`);
      const trades = tradeObjects(bars, simulation);
      expect(trades.map((t) => t.status)).toEqual(golden.map((g) => g["status"].toLowerCase()));
      // It divides a value by a size again, which is a rounding away from the price where the size is not 1.
      const averaged = allCash ? 1e-15 : 0;
      golden.forEach((g, i) => {
        expect(trades[i].entry_time).toBe(g["entry_timestamp"]);
        expectNear(trades[i].entry_price / Number(g["avg_entry_price"]), 1, averaged);
        expectNear(trades[i].quantity / Number(g["size"]), 1, 1e-9);
        expectNear(trades[i].pnl, Number(g["pnl"]), 1e-8 * run.init_cash);
        if (trades[i].status === "open") return;
        expect(trades[i].exit_time).toBe(g["exit_timestamp"]);
        expectNear((trades[i].exit_price ?? 0) / Number(g["avg_exit_price"]), 1, averaged);
      });
    }
  });
});

/** vectorbt's defaults: buy with all cash, sell the whole position. */
function withAllCash(signals: Signals): Signals {
  const [buy, sell] = signals.rules;
  return {
    ...signals,
    rules: [
      { ...buy, sizing: { kind: "percent_of_equity", percent: 100 } },
      { ...sell, sizing: { kind: "close" } },
    ],
  };
}
