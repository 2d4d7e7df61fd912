import type { MetricName } from "../../stats/metric-table.ts";
import type { SweepSetting } from "./engine.ts";

/** Metrics for which trades are summed, gains and losses told apart, or what was paid is counted. */
export const OF_MORE_SUMS: ReadonlySet<string> = new Set<MetricName>([
  "sortino",
  "omega",
  "win_rate",
  "profit_factor",
  "expectancy",
  "average_trade",
  "best_trade",
  "worst_trade",
  "payoff",
  "sqn",
  "commission",
  "turnover",
]);

/** Whether nobody reads a metric that takes more sums than those of returns, their squares and drawdowns. */
export function asksFew({ metrics }: SweepSetting): boolean {
  return metrics !== undefined && !metrics.some((name) => OF_MORE_SUMS.has(name));
}

/** Whether the longest drawdown is read, and not its depth alone. */
export function asksLongest({ metrics }: SweepSetting): boolean {
  return metrics === undefined || metrics.includes("max_drawdown_bars");
}
