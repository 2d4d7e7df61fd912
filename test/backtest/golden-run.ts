import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { TradeObject } from "../../src/backtest/trade-objects.ts";
import { readRows, readShared, SHARED } from "./shared-data.ts";

/** One reference run of backtrader, as SUMMARY.json lists it. */
export interface GoldenRun {
  readonly key: string;
  readonly dataset: string;
  readonly strategy: string;
  readonly variant: string;
  readonly commission: number;
  readonly cheat_on_close: boolean;
  readonly start_cash: number;
  readonly bars: number;
  readonly final_value: number;
  readonly closed_trades: number;
  readonly open_trades: number;
  readonly commission_total: number;
  readonly max_drawdown_pct_backtrader: number;
  readonly max_drawdown_len_bars_backtrader: number;
  readonly bars_in_market: number;
  readonly net_pnl_closed: number;
}

export function goldenRuns(): GoldenRun[] {
  return JSON.parse(readShared("backtests/SUMMARY.json")).runs;
}

/** Whole-point prices put the close exactly on a band: engines with other rounding decide otherwise. */
export function decidedByTies(run: GoldenRun): boolean {
  return run.dataset === "fesx_1m" && run.strategy === "bollinger_20_2_breakout";
}

/** Times and prices exact; money to 1e-9 relative. */
export function expectGoldenTrades(trades: readonly TradeObject[], path: string): void {
  const golden = readRows(path);
  const text = (value: string) => (value === "" ? null : value);
  expect(
    trades.map((t) => [
      t.side,
      t.quantity,
      t.entry_signal_time,
      t.entry_time,
      t.entry_price,
      t.exit_signal_time,
      t.exit_time,
      t.exit_price,
      t.bars_held,
      t.status,
    ]),
  ).toEqual(
    golden.map((g) => [
      g["side"],
      Number(g["qty"]),
      g["entry_signal_ts"],
      g["entry_ts"],
      Number(g["entry_price"]),
      text(g["exit_signal_ts"]),
      text(g["exit_ts"]),
      g["exit_price"] === "" ? null : Number(g["exit_price"]),
      Number(g["bars_held"]),
      g["status"],
    ]),
  );
  golden.forEach((g, i) => {
    const scale = Number(g["entry_price"]);
    expectNear(trades[i].pnl_gross, Number(g["pnl_gross"]), 1e-12 * scale);
    expectNear(trades[i].commission, Number(g["commission"]), 1e-12 * scale);
    expectNear(trades[i].pnl, Number(g["pnl_net"]), 1e-12 * scale);
  });
}

/**
 * Equity to 1e-9 relative on every bar. backtrader's cheat-on-close books a fill one bar late: there, bars whose
 * close filled an order are left out.
 * @returns bars compared, or null where the run has no equity file
 */
export function expectGoldenEquity(
  equity: ArrayLike<number>,
  trades: readonly TradeObject[],
  run: GoldenRun,
): number | null {
  const path = `backtests/${run.key}.equity.csv.gz`;
  if (!existsSync(join(SHARED, path))) return null;
  const golden = readRows(path);
  expect(equity.length).toBe(golden.length);
  const filled = new Set(trades.flatMap((t) => [t.entry_time, t.exit_time]));
  let compared = 0;
  golden.forEach((g, i) => {
    if (run.cheat_on_close && filled.has(g["ts"])) return;
    compared++;
    expectNear(equity[i], Number(g["equity"]), 1e-9 * Number(g["equity"]));
  });
  return compared;
}

export function expectNear(actual: number | null, expected: number, tolerance: number): void {
  if (actual !== null && Math.abs(actual - expected) <= tolerance) return;
  expect.fail(`${actual} is not within ${tolerance} of ${expected}`);
}
