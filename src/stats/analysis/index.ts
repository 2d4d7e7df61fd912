export { type AlignedCloses, alignedCloses } from "./aligned-closes.ts";
export type { AnalysedRun, AnalysedTrades } from "./analysed-run.ts";
export { barReturns, buyAndHoldReturns } from "./bar-returns.ts";
export {
  type BenchmarkOptions,
  type BenchmarkStatistics,
  benchmarkStatistics,
} from "./benchmark.ts";
export { type Period, type PeriodUnit, periodsOf } from "./calendar.ts";
export { type Distribution, distributionOf, type Histogram } from "./distribution.ts";
export { type DrawdownPeriod, underwater, worstDrawdowns } from "./drawdowns.ts";
export { type ExcursionInput, type Excursions, excursions } from "./excursions.ts";
export { metricsByPeriod, type PeriodMetrics } from "./metrics-by-period.ts";
export { metricsBySide, type Side, type SideMetrics } from "./metrics-by-side.ts";
export { type MonthlyRow, monthlyReturns } from "./monthly-table.ts";
export { sortedQuantile } from "./quantile.ts";
export { returnsByPeriod } from "./returns-by-period.ts";
export { type Rolling, type RollingOptions, rollingMetrics } from "./rolling.ts";
export { type RollingPointsOptions, rollingPoints } from "./rolling-points.ts";
export {
  type TimeWindow,
  type TimeWindowOptions,
  type TimeWindowRow,
  tradesByWindow,
} from "./time-windows.ts";
export {
  closedTrades,
  type TradeDistributions,
  type TradeResults,
  tradeDistributions,
} from "./trade-results.ts";
