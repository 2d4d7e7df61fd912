import { type MetricsResult, metricsOf } from "../metrics.ts";
import type { AnalysedRun } from "./analysed-run.ts";
import { ledgerOf } from "./ledger.ts";
import { selectTrades } from "./select-trades.ts";

export type Side = "long" | "short";

/** Half of a run: the trades of one side, in the sizes they had in the whole. */
export interface SideMetrics extends MetricsResult {
  /** Equity of an account with the run's cash that took these trades alone, one value per bar of the run. */
  readonly equity: Float64Array;
}

/** Long and short trades apart. What both earned adds up to what the run earned. */
export function metricsBySide(run: AnalysedRun): Readonly<Record<Side, SideMetrics>> {
  return { long: metricsOfSide(run, 1), short: metricsOfSide(run, -1) };
}

function metricsOfSide(run: AnalysedRun, side: number): SideMetrics {
  const { firstBar, close, trades } = run;
  const holds = (trade: number) => trades.side[trade] === side;
  const ledger = ledgerOf(run, holds);
  let cash = run.cash;
  const equity = ledger.flow.map((flow, i) => {
    cash += flow;
    const held = ledger.position[i];
    return held === 0 ? cash : cash + held * close[firstBar + i];
  });
  const total = (column: Float64Array) => column.reduce((a, b) => a + b, 0);
  const metrics = metricsOf({
    cash: run.cash,
    equity,
    firstBar,
    trades: selectTrades(trades, holds),
    barsInPosition: ledger.lots.filter((count) => count > 0).length,
    commission: total(ledger.commission),
    traded: total(ledger.traded),
    firstClose: close[firstBar] ?? Number.NaN,
    lastClose: close[close.length - 1] ?? Number.NaN,
    barsPerYear: run.barsPerYear,
    riskFreeReturn: run.riskFreeReturn,
    invested: null,
  });
  return { ...metrics, equity };
}
