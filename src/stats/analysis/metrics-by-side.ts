import { type MetricsResult, metricsOf } from "../metrics.ts";
import type { AnalysedRun } from "./analysed-run.ts";
import { type Ledger, ledgerOf } from "./ledger.ts";
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
  const { equity, barsInPosition } = accountOf(run, ledger);
  const metrics = metricsOf({
    cash: run.cash,
    equity,
    firstBar,
    trades: selectTrades(trades, holds),
    barsInPosition,
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

function accountOf(
  { cash: start, firstBar, close }: AnalysedRun,
  { flow, position, lots }: Ledger,
): { equity: Float64Array; barsInPosition: number } {
  const equity = new Float64Array(flow.length);
  let cash = start;
  let barsInPosition = 0;
  for (let i = 0; i < flow.length; i++) {
    cash += flow[i];
    const held = position[i];
    equity[i] = held === 0 ? cash : cash + held * close[firstBar + i];
    if (lots[i] > 0) barsInPosition++;
  }
  return { equity, barsInPosition };
}

function total(column: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i];
  return sum;
}
