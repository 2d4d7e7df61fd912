import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type Backtest,
  backtest,
  compile,
  loadDataset,
  type Metrics,
  type Program,
} from "../../src/index.ts";
import { goldenDocument } from "./golden-documents.ts";
import {
  decidedByTies,
  expectGoldenEquity,
  expectGoldenTrades,
  expectNear,
  type GoldenRun,
  goldenRuns,
} from "./golden-run.ts";
import { hasShared, readRows, readShared, SHARED } from "./shared-data.ts";

/** The whole pipeline: JSON text → compile → a file → loader → backtest → result object. */
async function pipeline(
  strategy: string,
  dataset: string,
  options: { cash: number; commission: number; fill?: "next_open" | "close" },
): Promise<Backtest> {
  const program = compiled(JSON.stringify(goldenDocument(strategy)));
  const path = ["csv", "csv.gz", "parquet"]
    .map((extension) => join(SHARED, `ohlcv/${dataset}.${extension}`))
    .find(existsSync);
  return backtest(program, await loadDataset(path ?? dataset), options);
}

function compiled(source: string): Program {
  const { program, diagnostics } = compile(source);
  expect(diagnostics).toEqual([]);
  return program as Program;
}

const equityOf = ({ equity }: Backtest) => equity.getChild("equity")?.toArray() as Float64Array;

describe.skipIf(!hasShared)("a compiled document equals backtrader", () => {
  const runs = hasShared ? goldenRuns() : [];

  test.each(runs.filter((run) => !decidedByTies(run)).map((run) => [run.key, run] as const))(
    "%s",
    async (key, run) => {
      const outcome = await pipeline(run.strategy, run.dataset, optionsOf(run));
      const { trades } = outcome.result;
      const metrics = metricsOf(outcome);
      expectGoldenTrades(trades, `backtests/${key}.trades.csv`);
      expectGoldenEquity(equityOf(outcome), trades, run);
      expectNear(metrics.final_equity, run.final_value, 1e-9 * run.final_value);
      expectNear(metrics.commission, run.commission_total, 1e-9 * run.commission_total);
    },
  );

  test.each(runs.filter(decidedByTies).map((run) => [run.key, run] as const))(
    "%s is decided by exact ties: the count of trades is reported",
    async (_, run) => {
      const outcome = await pipeline(run.strategy, run.dataset, optionsOf(run));
      const ties = readRows("indicators/fesx_1m.bb_20_2.ties.csv").length;
      console.info(
        `${run.key}: ${metricsOf(outcome).closed_trades} closed trades, backtrader ${run.closed_trades}; ` +
          `${ties} bars where a close meets a band or libraries decide differently`,
      );
      expect(outcome.result.state).toBe("ok");
    },
  );
});

describe.skipIf(!hasShared)("a compiled document equals the large run of backtrader", () => {
  test("EMA 12/26 over 1.5M one-minute bars", { timeout: 300_000 }, async () => {
    const report = JSON.parse(readShared("large/bfx_btcusd_1m.report.json")).backtest;
    const outcome = await pipeline("ema_cross_12_26", "bfx_btcusd_1m", {
      cash: report.start_cash,
      commission: report.commission,
    });
    const equity = equityOf(outcome);
    expectGoldenTrades(outcome.result.trades, "large/bfx_btcusd_1m.ema_cross_12_26.trades.csv.gz");
    for (const row of readRows("large/bfx_btcusd_1m.ema_cross_12_26.equity_every_1440.csv")) {
      const expected = Number(row["equity"]);
      expectNear(equity[Number(row["bar"])], expected, 1e-9 * expected);
    }
    const metrics = metricsOf(outcome);
    expectNear(metrics.final_equity, report.final_value, 1e-9 * report.final_value);
    expectNear(metrics.max_drawdown, report.max_drawdown_pct_backtrader / 100, 1e-12);
  });
});

interface OtherRun {
  readonly key: string;
  readonly dataset: string;
  readonly strategy: string;
  readonly seed?: string;
  readonly variant?: string;
  readonly init_cash: number;
  readonly final_value: number;
  readonly commission: number;
  readonly cash: number;
  readonly stats: Record<string, number>;
}

describe.skipIf(!hasShared)("a compiled document equals vectorbt, next open, one unit", () => {
  const all: OtherRun[] = hasShared ? JSON.parse(readShared("vectorbt/SUMMARY.json")).runs : [];
  const runs = all.filter((run) => run.seed === "sma" && run.variant === "next_open_qty1");

  test.each(runs.map((run) => [run.key, run] as const))("%s", async (key, run) => {
    const outcome = await pipeline(run.strategy, run.dataset, {
      cash: run.init_cash,
      commission: 0.001,
    });
    const golden = readRows(`vectorbt/${key}.trades.csv.gz`);
    expect(
      outcome.result.trades.map((t) => [t.entry_time, t.entry_price, t.exit_price, t.status]),
    ).toEqual(
      golden.map((g) => {
        const open = g["status"] === "Open";
        const exit = open ? null : Number(g["avg_exit_price"]);
        return [g["entry_timestamp"], Number(g["avg_entry_price"]), exit, open ? "open" : "closed"];
      }),
    );
    expectNear(metricsOf(outcome).final_equity, run.final_value, 1e-9 * run.final_value);
  });
});

describe.skipIf(!hasShared)("a compiled document equals backtesting.py", () => {
  const all: OtherRun[] = hasShared
    ? JSON.parse(readShared("backtestingpy/SUMMARY.json")).runs
    : [];
  // It starts one bar after the first bar with complete indicators, and so misses a signal there.
  const runs = all.filter((run) => !run.key.startsWith("eurusd_1h.bollinger"));

  test.each(runs.map((run) => [run.key, run] as const))("%s", async (key, run) => {
    const outcome = await pipeline(run.strategy, run.dataset, {
      cash: run.cash,
      commission: run.commission,
    });
    const closed = outcome.result.trades.filter((t) => t.status === "closed");
    const golden = readRows(`backtestingpy/${key}.trades.csv`);
    expect(closed.map((t) => [t.side, t.entry_time, t.exit_time])).toEqual(
      golden.map((g) => ["long", g["EntryTime"], g["ExitTime"]]),
    );
    golden.forEach((g, i) => {
      expectNear(closed[i].entry_price, Number(g["EntryPrice"]), 0);
      expectNear(closed[i].exit_price, Number(g["ExitPrice"]), 0);
    });
    const final = run.stats["Equity Final [$]"];
    expectNear(metricsOf(outcome).final_equity, final, 1e-9 * final);
  });
});

function metricsOf({ result }: Backtest): Metrics {
  if (result.metrics === null) expect.fail(`no metrics: ${result.state}`);
  return result.metrics;
}

function optionsOf(run: GoldenRun) {
  const fill = run.cheat_on_close ? ("close" as const) : ("next_open" as const);
  return { cash: run.start_cash, commission: run.commission, fill };
}
