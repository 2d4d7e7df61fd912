export { type BarsPerYearOptions, barsPerYear } from "./annualisation.ts";
export { downsample, MIN_SAMPLES } from "./downsample.ts";
export { type Drawdown, maxDrawdown } from "./drawdown.ts";
export { metricDocs } from "./metric-docs.ts";
export { METRICS, type MetricDefinition, type MetricName } from "./metric-table.ts";
export {
  type Metrics,
  type MetricsInput,
  type MetricsResult,
  metricsOf,
  type NullReason,
} from "./metrics.ts";
export { type Invested, type ReturnSums, sumReturns } from "./returns.ts";
export { sumTrades, type TradeColumns, type TradeSums } from "./trade-stats.ts";
