export { checkSettings } from "./check-settings.ts";
export { type Annualisation, computeMetrics } from "./compute-metrics.ts";
export {
  ALWAYS,
  NEVER,
  type OrderRule,
  type RunSettings,
  type Signals,
  type Sizing,
} from "./orders.ts";
export { simulate } from "./simulate.ts";
export type { Order, Rejection, Rejections, Simulation } from "./simulation.ts";
export {
  type PendingObject,
  pendingObjects,
  type RejectionObject,
  rejectionObjects,
  type TradeObject,
  tradeObjects,
} from "./trade-objects.ts";
export type { Trades } from "./trades.ts";
