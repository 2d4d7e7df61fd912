import { type MetricsResult, metricsOf } from "../../stats/index.ts";
import type { Annualisation } from "../compute-metrics.ts";
import type { MergedTrades } from "./merged-trades.ts";
import type { Member, PortfolioSimulation } from "./portfolio.ts";

/**
 * The metrics of an account over several symbols. Rows count as bars; bars held are those of a trade's own symbol;
 * buying and holding puts the same money into every symbol at its own first close.
 */
export function portfolioMetrics(
  members: readonly Member[],
  simulation: PortfolioSimulation,
  trades: MergedTrades,
  cash: number,
  annual: Annualisation,
): MetricsResult {
  const { start: firstBar, equity, invested } = simulation;
  return metricsOf({
    cash,
    equity,
    firstBar,
    trades,
    barsInPosition: simulation.rowsInPosition,
    commission: simulation.commission,
    traded: simulation.traded,
    firstClose: members.length,
    lastClose: members.reduce((sum, member) => sum + held(member), 0),
    barsPerYear: annual.barsPerYear,
    riskFreeReturn: annual.riskFreeReturn,
    invested: members.length > 1 ? null : { close: members[0]!.bars.close, stretches: invested },
  });
}

/** What one unit of money has become that bought at the first close; na where one of the two is not known. */
function held({ bars: { close }, start }: Member): number {
  return (close[close.length - 1] ?? Number.NaN) / (close[start] ?? Number.NaN);
}
