import { type MetricsResult, metricsOf } from "../metrics.ts";
import type { AnalysedRun } from "./analysed-run.ts";
import { type Period, type PeriodUnit, periodsOf } from "./calendar.ts";
import { barsInPosition, type Ledger, ledgerOf, rowAt } from "./ledger.ts";
import { selectTrades } from "./select-trades.ts";

/** A period's metrics; bars count from the run's first. */
export interface PeriodMetrics extends Period, MetricsResult {}

/**
 * The metrics of each calendar period (UTC) as of a run of its own: it starts with the equity at the end of the period
 * before. A trade belongs to the period in which it closed, an open one to the last; what fills cost and turned over
 * belongs to the period of the fill. Buy and hold starts at the close before the period. Periods after ruin are left out.
 */
export function metricsByPeriod(run: AnalysedRun, unit: PeriodUnit): PeriodMetrics[] {
  const ledger = ledgerOf(run);
  const periods = periodsOf(run.time.subarray(run.firstBar), unit);
  const ruin = run.equity.findIndex((value) => !(value > 0));
  return periods
    .filter(({ from }) => ruin < 0 || from <= ruin)
    .map((period) => ({ ...period, ...metricsOfPeriod(run, period, ledger) }));
}

function metricsOfPeriod(run: AnalysedRun, { from, to }: Period, ledger: Ledger): MetricsResult {
  const { equity, firstBar, trades, close } = run;
  const last = to === equity.length;
  const within = (trade: number) => {
    const exit = trades.exitBar[trade] - firstBar;
    return trades.open[trade] === 1 ? last : exit >= from && exit < to;
  };
  const rows = [rowAt(ledger.bars, from), rowAt(ledger.bars, to)] as const;
  const total = (column: Float64Array) => column.subarray(...rows).reduce((a, b) => a + b, 0);
  return metricsOf({
    cash: from === 0 ? run.cash : equity[from - 1],
    equity: equity.subarray(from, to),
    firstBar: firstBar + from,
    trades: selectTrades(trades, within),
    barsInPosition: barsInPosition(ledger, from, to),
    commission: total(ledger.commission),
    traded: total(ledger.traded),
    firstClose: close[firstBar + Math.max(0, from - 1)],
    lastClose: close[firstBar + to - 1],
    barsPerYear: run.barsPerYear,
    riskFreeReturn: run.riskFreeReturn,
    invested: null,
  });
}
