export { checkSettings } from "./check-settings.ts";
export { type Annualisation, computeMetrics } from "./compute-metrics.ts";
export {
  BOTH_HIT,
  type BothHit,
  type CommissionTier,
  type ExecutionModels,
  type FundingModel,
  IMPACT_MODELS,
  type ImpactModel,
  type LiquidityModel,
  NO_MODELS,
} from "./execution-models.ts";
export {
  ALWAYS,
  type ExitDistance,
  NEVER,
  type OrderRule,
  type RunSettings,
  type SignalExits,
  type Signals,
  type Sizing,
} from "./orders.ts";
export { isPlainExecution } from "./plain-execution.ts";
export { analysedPortfolio } from "./portfolio/analysed-portfolio.ts";
export { benchmarkEquity } from "./portfolio/benchmark.ts";
export { type MergedTrades, mergeTrades } from "./portfolio/merged-trades.ts";
export type {
  Member,
  MemberRun,
  PortfolioSettings,
  PortfolioSimulation,
} from "./portfolio/portfolio.ts";
export { portfolioMetrics } from "./portfolio/portfolio-metrics.ts";
export { rowsOf } from "./portfolio/rows.ts";
export { simulatePortfolio } from "./portfolio/run-portfolio.ts";
export { simulate } from "./simulate.ts";
export type {
  Order,
  Realism,
  Rejection,
  RejectionReason,
  Rejections,
  Simulation,
} from "./simulation.ts";
export {
  type PendingObject,
  pendingObjects,
  type RejectionObject,
  rejectionObjects,
  type TradeObject,
  tradeObjects,
} from "./trade-objects.ts";
export { EXIT_REASONS, type ExitReason, type Trades } from "./trades.ts";
