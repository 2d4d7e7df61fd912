import { METRICS, type MetricName } from "../../stats/metric-table.ts";

/** Metrics of a sweep's rows, in the order of `backtest --json`: all of them, none needs bar-level output. */
export const SWEEP_METRICS: readonly MetricName[] = METRICS.map(({ name }) => name);
export type SweepMetric = MetricName;
