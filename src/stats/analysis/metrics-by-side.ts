import { type MetricsResult, metricsOf } from "../metrics.ts";
import type { AnalysedRun } from "./analysed-run.ts";
import { barsInPosition, type Ledger, ledgerOf } from "./ledger.ts";
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
  const equity = accountOf(run, ledger);
  const metrics = metricsOf({
    cash: run.cash,
    equity,
    firstBar,
    trades: selectTrades(trades, holds),
    barsInPosition: barsInPosition(ledger, 0, equity.length),
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

/** Equity per bar: between two bars with fills, cash and position stay. */
function accountOf(run: AnalysedRun, { bars, flow, position }: Ledger): Float64Array {
  const { length } = run.equity;
  const close = run.close.subarray(run.firstBar);
  const equity = new Float64Array(length).fill(run.cash, 0, bars[0] ?? length);
  let cash = run.cash;
  for (let row = 0; row < bars.length; row++) {
    const [from, to] = [bars[row], bars[row + 1] ?? length];
    const held = position[row];
    cash += flow[row];
    if (held === 0) equity.fill(cash, from, to);
    else for (let i = from; i < to; i++) equity[i] = cash + held * close[i];
  }
  return equity;
}

function total(column: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i];
  return sum;
}
