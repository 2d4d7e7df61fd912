/** What a compiled stand-alone module needs to run its signals: no Node, no Arrow, no diagnostics. */
export { barsPerYear } from "../stats/annualisation.ts";
export { computeMetrics } from "./compute-metrics.ts";
export { simulate } from "./simulate.ts";
export { tradeObjects } from "./trade-objects.ts";
