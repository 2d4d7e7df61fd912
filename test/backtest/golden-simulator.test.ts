import { describe, expect, test } from "vitest";
import {
  computeMetrics,
  type RunSettings,
  simulate,
  tradeObjects,
} from "../../src/backtest/index.ts";
import { barsPerYear } from "../../src/stats/index.ts";
import { modalStep } from "../../src/vector/modal-step.ts";
import {
  decidedByTies,
  expectGoldenEquity,
  expectGoldenTrades,
  expectNear,
  goldenRuns,
} from "./golden-run.ts";
import { goldenSignals } from "./golden-signals.ts";
import { hasShared, readBars } from "./shared-data.ts";

const runs = hasShared ? goldenRuns().filter((run) => !decidedByTies(run)) : [];

describe.skipIf(!hasShared)("the simulator fed with transcribed rules equals backtrader", () => {
  test.each(runs.map((run) => [run.key, run] as const))("%s", (_, run) => {
    const bars = readBars(run.dataset);
    const settings: RunSettings = {
      cash: run.start_cash,
      commission: run.commission,
      slippage: 0,
      fill: run.cheat_on_close ? "close" : "next_open",
      delay: 0,
      start: 0,
    };
    const simulation = simulate(bars, goldenSignals(run.strategy, bars), settings);
    const trades = tradeObjects(bars, simulation);

    expectGoldenTrades(trades, `backtests/${run.key}.trades.csv`);
    expectGoldenEquity(simulation.equity, trades, run);

    const annual = {
      barsPerYear: barsPerYear(bars.time, { interval: modalStep(bars.time)! }),
      riskFreeReturn: 0,
    };
    const { metrics } = computeMetrics(bars, simulation, settings, annual);
    expectNear(metrics.final_equity, run.final_value, 1e-9 * run.final_value);
    expectNear(metrics.commission, run.commission_total, 1e-9 * run.commission_total);
    expect(metrics.closed_trades).toBe(run.closed_trades);
    expect(metrics.open_trades).toBe(run.open_trades);
    // Its cheat-on-close marks another equity on the bars of fills.
    if (!run.cheat_on_close) {
      expectNear(metrics.exposure, run.bars_in_market / run.bars, 0);
      expectNear(metrics.max_drawdown, run.max_drawdown_pct_backtrader / 100, 1e-12);
      expect(metrics.max_drawdown_bars).toBe(run.max_drawdown_len_bars_backtrader);
    }
  });
});
