/** A metric as documents, help and tables show it. */
export interface MetricDefinition {
  /** Key in `metrics`. */
  readonly name: string;
  readonly title: string;
  readonly unit: "money" | "fraction" | "fraction per year" | "ratio" | "bars" | "count";
  readonly formula: string;
}

/**
 * Every metric, in the order of results. r: bar returns of equity, one per bar, flat bars included, the first
 * against the starting cash; rf: risk-free return per bar; year: bars per year; n: bars of the run.
 */
export const METRICS = [
  {
    name: "final_equity",
    title: "Final equity",
    unit: "money",
    formula: "cash + position × close on the last bar",
  },
  {
    name: "total_return",
    title: "Total return",
    unit: "fraction",
    formula: "final equity / starting cash - 1",
  },
  {
    name: "cagr",
    title: "CAGR",
    unit: "fraction per year",
    formula: "(final equity / starting cash)^(year / n) - 1",
  },
  {
    name: "volatility",
    title: "Volatility",
    unit: "fraction per year",
    formula: "std(r, ddof 1) · √year",
  },
  {
    name: "sharpe",
    title: "Sharpe ratio",
    unit: "ratio",
    formula: "mean(r - rf) / std(r, ddof 1) · √year",
  },
  {
    name: "sortino",
    title: "Sortino ratio",
    unit: "ratio",
    formula: "mean(r - rf) · year / (√mean(min(r - rf, 0)²) · √year), the mean over all n",
  },
  {
    name: "max_drawdown",
    title: "Max drawdown",
    unit: "fraction",
    formula: "max(1 - equity / running maximum), the starting cash included",
  },
  {
    name: "max_drawdown_bars",
    title: "Longest drawdown",
    unit: "bars",
    formula: "longest run of consecutive bars with equity below its running maximum",
  },
  {
    name: "calmar",
    title: "Calmar ratio",
    unit: "ratio",
    formula: "CAGR / max drawdown",
  },
  {
    name: "omega",
    title: "Omega ratio",
    unit: "ratio",
    formula: "Σ max(r - rf, 0) / Σ max(rf - r, 0)",
  },
  {
    name: "exposure",
    title: "Exposure",
    unit: "fraction",
    formula: "bars with a position at the close / n",
  },
  {
    name: "trades",
    title: "Trades",
    unit: "count",
    formula: "closed trades + open trades",
  },
  {
    name: "closed_trades",
    title: "Closed trades",
    unit: "count",
    formula: "FIFO slices of lots that were closed",
  },
  {
    name: "open_trades",
    title: "Open trades",
    unit: "count",
    formula: "lots still open on the last bar",
  },
  {
    name: "win_rate",
    title: "Win rate",
    unit: "fraction",
    formula: "closed trades with pnl > 0 / closed trades",
  },
  {
    name: "profit_factor",
    title: "Profit factor",
    unit: "ratio",
    formula: "Σ pnl of winning closed trades / |Σ pnl of losing ones|",
  },
  {
    name: "expectancy",
    title: "Expectancy",
    unit: "money",
    formula: "mean pnl of closed trades, net of commission",
  },
  {
    name: "average_trade",
    title: "Average trade",
    unit: "fraction",
    formula: "mean over closed trades of pnl / (quantity × entry price)",
  },
  {
    name: "best_trade",
    title: "Best trade",
    unit: "fraction",
    formula: "max over closed trades of pnl / (quantity × entry price)",
  },
  {
    name: "worst_trade",
    title: "Worst trade",
    unit: "fraction",
    formula: "min over closed trades of pnl / (quantity × entry price)",
  },
  {
    name: "payoff",
    title: "Payoff ratio",
    unit: "ratio",
    formula: "mean pnl of winning closed trades / |mean pnl of losing ones|",
  },
  {
    name: "sqn",
    title: "System quality number",
    unit: "ratio",
    formula: "√(closed trades) · mean(pnl) / std(pnl, ddof 1)",
  },
  {
    name: "average_bars_held",
    title: "Average bars held",
    unit: "bars",
    formula: "mean over closed trades of exit bar - entry bar",
  },
  {
    name: "commission",
    title: "Commission paid",
    unit: "money",
    formula: "Σ over fills of quantity × price × rate",
  },
  {
    name: "turnover",
    title: "Turnover",
    unit: "ratio",
    formula: "Σ over fills of quantity × price / starting cash",
  },
  {
    name: "buy_and_hold_return",
    title: "Buy and hold return",
    unit: "fraction",
    formula: "last close / first close of the run - 1, without costs",
  },
] as const satisfies readonly MetricDefinition[];

export type MetricName = (typeof METRICS)[number]["name"];
