import { type MetricsResult, metricsOf } from "../stats/index.ts";
import type { Bars } from "../vector/columns.ts";
import type { RunSettings } from "./orders.ts";
import type { Simulation } from "./simulation.ts";

/** How a run is annualised. */
export interface Annualisation {
  /** See `barsPerYear` of stats. */
  readonly barsPerYear: number;
  /** Annual fraction. */
  readonly riskFreeReturn: number;
}

/** The metrics of a run (SEMANTICS §6), every name present, undefined ones null with a reason. */
export function computeMetrics(
  bars: Bars,
  simulation: Simulation,
  settings: RunSettings,
  annual: Annualisation,
): MetricsResult {
  return metricsOf({
    cash: settings.cash,
    equity: simulation.equity,
    firstBar: simulation.start,
    trades: simulation.trades,
    barsInPosition: simulation.barsInPosition,
    commission: simulation.commission,
    traded: simulation.traded,
    firstClose: bars.close[simulation.start] ?? Number.NaN,
    lastClose: bars.close[bars.close.length - 1] ?? Number.NaN,
    barsPerYear: annual.barsPerYear,
    riskFreeReturn: annual.riskFreeReturn,
    invested: { close: bars.close, stretches: simulation.invested },
  });
}
