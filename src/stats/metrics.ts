import { maxDrawdown } from "./drawdown.ts";
import type { MetricName } from "./metric-table.ts";
import { type Invested, sumReturns } from "./returns.ts";
import { sumTrades, type TradeColumns, type TradeSums } from "./trade-stats.ts";

/** Every metric by name; null where it is undefined. Fractions, not percent. */
export type Metrics = Readonly<Record<MetricName, number | null>>;

export interface MetricsResult {
  readonly metrics: Metrics;
  /** Why a metric is null, by its name. */
  readonly metrics_null: Readonly<Partial<Record<MetricName, NullReason>>>;
}

/** Why a metric is undefined. */
export type NullReason =
  | "no bars"
  | "fewer than two bars"
  | "equity fell to zero or below"
  | "returns do not vary"
  | "no return below the risk-free rate"
  | "no drawdown"
  | "no closed trades"
  | "fewer than two closed trades"
  | "no winning trades"
  | "no losing trades"
  | "trades do not vary"
  | "no closing price"
  | "beyond the range of numbers";

export interface MetricsInput {
  readonly cash: number;
  /** One value per bar of the run. */
  readonly equity: Float64Array;
  /** Dataset index of `equity[0]`. */
  readonly firstBar: number;
  readonly trades: TradeColumns;
  readonly barsInPosition: number;
  /** Of every fill. */
  readonly commission: number;
  /** Σ quantity × price of every fill. */
  readonly traded: number;
  /** Of the run's first and last bar. */
  readonly firstClose: number;
  readonly lastClose: number;
  readonly barsPerYear: number;
  /** Annual fraction. */
  readonly riskFreeReturn: number;
  /** Where equity has the asset's returns; null for none. */
  readonly invested: Invested | null;
}

type Value = number | NullReason;

/** The metrics of a run as `metric-table.ts` defines them; never Infinity or NaN. */
export function metricsOf(input: MetricsInput): MetricsResult {
  const values: Record<MetricName, Value> = { ...ofEquity(input), ...ofTrades(input) };
  const metrics: Partial<Record<MetricName, number | null>> = {};
  const metrics_null: Partial<Record<MetricName, NullReason>> = {};
  for (const name of Object.keys(values) as MetricName[]) {
    const value = values[name];
    if (typeof value === "number" && Number.isFinite(value)) {
      metrics[name] = value;
    } else {
      metrics[name] = null;
      metrics_null[name] = typeof value === "number" ? "beyond the range of numbers" : value;
    }
  }
  return { metrics: metrics as Metrics, metrics_null };
}

function ofEquity(input: MetricsInput) {
  const { cash, equity, barsPerYear: year } = input;
  const n = equity.length;
  const rf = input.riskFreeReturn / year;
  const r = sumReturns(equity, cash, input.firstBar, rf, input.invested);
  const drawdown = maxDrawdown(equity, cash);
  const final = n === 0 ? cash : equity[n - 1];
  const excess = r.excess / n;
  const mean = excess + rf;
  const variance = (r.squares - n * mean * mean) / (n - 1);
  const ratio = (value: () => Value): Value =>
    n === 0 ? "no bars" : r.ruined ? "equity fell to zero or below" : value();
  const spread = (value: (deviation: number) => Value): Value =>
    ratio(() => (n < 2 ? "fewer than two bars" : value(Math.sqrt(Math.max(0, variance)))));

  // Not `**`: its last bits differ between versions of V8, those of log and expm1 do not.
  const cagr = ratio(() => Math.expm1((year / n) * Math.log(final / cash)));
  return {
    final_equity: final,
    total_return: final / cash - 1,
    cagr,
    volatility: spread((deviation) => deviation * Math.sqrt(year)),
    sharpe: spread((deviation) =>
      deviation > 0 ? (excess / deviation) * Math.sqrt(year) : "returns do not vary",
    ),
    sortino: ratio(() =>
      r.downside > 0
        ? (excess * year) / (Math.sqrt(r.downside / n) * Math.sqrt(year))
        : "no return below the risk-free rate",
    ),
    max_drawdown: drawdown.depth,
    max_drawdown_bars: drawdown.bars,
    calmar: ratio(() =>
      drawdown.depth > 0 && typeof cagr === "number" ? cagr / drawdown.depth : "no drawdown",
    ),
    omega: ratio(() => (r.losses > 0 ? r.gains / r.losses : "no return below the risk-free rate")),
    exposure: n === 0 ? ("no bars" as const) : input.barsInPosition / n,
  };
}

function ofTrades(input: MetricsInput) {
  const t = sumTrades(input.trades);
  const closed = (value: Value): Value => (t.closed === 0 ? "no closed trades" : value);
  const priced = Number.isFinite(input.firstClose) && Number.isFinite(input.lastClose);
  return {
    trades: t.closed + t.open,
    closed_trades: t.closed,
    open_trades: t.open,
    win_rate: closed(t.wins / t.closed),
    profit_factor: closed(t.losses > 0 ? t.won / t.lost : "no losing trades"),
    expectancy: closed(t.pnl / t.closed),
    average_trade: closed(t.returns / t.closed),
    best_trade: closed(t.best),
    worst_trade: closed(t.worst),
    payoff: closed(payoff(t)),
    sqn: closed(sqn(t)),
    average_bars_held: closed(t.barsHeld / t.closed),
    commission: input.commission,
    turnover: input.traded / input.cash,
    buy_and_hold_return: priced
      ? input.lastClose / input.firstClose - 1
      : ("no closing price" as const),
  };
}

function payoff(t: TradeSums): Value {
  if (t.wins === 0) return "no winning trades";
  if (t.losses === 0) return "no losing trades";
  return t.won / t.wins / (t.lost / t.losses);
}

function sqn(t: TradeSums): Value {
  if (t.closed < 2) return "fewer than two closed trades";
  if (t.pnlDeviation === 0) return "trades do not vary";
  return (Math.sqrt(t.closed) * (t.pnl / t.closed)) / Math.sqrt(t.pnlDeviation / (t.closed - 1));
}
