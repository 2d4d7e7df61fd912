import type { PendingObject, RejectionObject, TradeObject } from "../backtest/index.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { ResultDataset, ResultSeries, ResultSettings } from "../report/index.ts";
import type { ResultCosts } from "../report/result-execution.ts";
import type { Metrics, NullReason } from "../stats/index.ts";
import type { Dialect, Interval } from "../vector/index.ts";

type OfSymbol<T> = { readonly symbol: string } & T;

/**
 * The result of a portfolio as plain JSON: what `swymc portfolio --json` prints and `backtestPortfolio()` returns.
 * Described by schemas/portfolio-result.schema.json. Times are ISO 8601 UTC, rates are fractions, every key is always
 * present, and what does not apply is null.
 */
export interface PortfolioResult {
  readonly state: "ok" | "no_trades" | "empty_dataset" | "symbol_not_found";
  /** In the order given, in which orders of one bar fill; empty where nothing was run. */
  readonly symbols: readonly PortfolioSymbol[];
  /** The times on which any symbol has a bar. */
  readonly dataset: PortfolioDataset;
  readonly settings: PortfolioResultSettings;
  readonly warnings: readonly Diagnostic[];
  /** Orders refused: all counted, the first 100 listed. */
  readonly rejections: {
    readonly count: number;
    readonly orders: readonly OfSymbol<RejectionObject>[];
  };
  readonly costs: ResultCosts | null;
  readonly pending_orders: readonly OfSymbol<PendingObject>[];
  readonly metrics: Metrics | null;
  readonly metrics_null: Readonly<Partial<Record<keyof Metrics, NullReason>>>;
  readonly trades: readonly OfSymbol<TradeObject>[];
  readonly reason: Diagnostic | null;
  readonly available: readonly ResultSeries[];
}

export interface PortfolioDataset {
  readonly interval: Interval | null;
  readonly bars: number;
  readonly from: string | null;
  readonly to: string | null;
}

/** One setting for all symbols. */
export type PortfolioResultSettings = Omit<
  ResultSettings,
  "warmup" | "dialect" | "params" | "script"
> & {
  /** Orders of one bar: those against a position first, then in the order of the symbols. */
  readonly fill_order: "exits_first";
};

export interface PortfolioSymbol {
  readonly symbol: string;
  readonly strategy_id: string;
  readonly dialect: Dialect;
  readonly params: Readonly<Record<string, number>>;
  readonly candle_interval: Interval | null;
  /** Earlier bars that only warm the indicators up. */
  readonly warmup: number;
  readonly dataset: ResultDataset;
  readonly trades: number;
  readonly closed_trades: number;
  readonly open_trades: number;
  /** Null without closed trades. */
  readonly win_rate: number | null;
  /** After commission; open trades at the last close. */
  readonly pnl: number;
  readonly commission: number;
  /** Value of all fills. */
  readonly traded: number;
  /** Profit over the cash of the account. */
  readonly contribution: number;
  /** Signed quantity at the end. */
  readonly position: number;
  /** Share of the account's bars with a position. */
  readonly exposure: number | null;
  readonly buy_and_hold_return: number | null;
  readonly rejections: number;
}
