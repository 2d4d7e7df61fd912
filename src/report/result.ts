import type { PendingObject, RejectionObject, TradeObject } from "../backtest/index.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { BenchmarkStatistics } from "../stats/analysis/index.ts";
import type { Metrics, NullReason } from "../stats/index.ts";
import type { Dialect, Interval } from "../vector/index.ts";
import type { ResultCosts, ResultExecution } from "./result-execution.ts";

/**
 * The result of a backtest as plain JSON: what `swymc backtest --json` prints and `backtest()` returns.
 * Described by schemas/backtest-result.schema.json. Times are ISO 8601 UTC, rates are fractions,
 * every key is always present, and what does not apply is null.
 */
export interface BacktestResult {
  /** `no_trades`: it ran and nothing was bought or sold. The last two have no metrics. */
  readonly state: "ok" | "no_trades" | "empty_dataset" | "symbol_not_found";
  readonly strategy_id: string;
  readonly dataset: ResultDataset;
  /** Every setting that was in force. */
  readonly settings: ResultSettings;
  /** What the document itself asked for; flags override it. */
  readonly document: ResultDocument;
  readonly warnings: readonly Diagnostic[];
  /** Orders refused, for want of cash or of anything else: all counted, the first 100 listed. */
  readonly rejections: { readonly count: number; readonly orders: readonly RejectionObject[] };
  /** Null where execution had no more than commission by value and slippage. */
  readonly costs: ResultCosts | null;
  /** Orders that were still waiting when the data ended. */
  readonly pending_orders: readonly PendingObject[];
  /** Null where nothing was run. */
  readonly metrics: Metrics | null;
  /** Why a metric is null, by its name. */
  readonly metrics_null: Readonly<Partial<Record<keyof Metrics, NullReason>>>;
  /** Null unless a benchmark was asked for. */
  readonly benchmark: ResultBenchmark | null;
  readonly trades: readonly TradeObject[];
  /** Why there was nothing to run on. */
  readonly reason: Diagnostic | null;
  /** What the source holds instead, for `empty_dataset` and `symbol_not_found`. */
  readonly available: readonly ResultSeries[];
}

/** A run beside a benchmark that was bought at the close of the run's first bar and held, without costs. */
export interface ResultBenchmark {
  /** Its symbol, or the file it was read from; `buy_and_hold`: the asset of the run. */
  readonly name: string;
  readonly source: string | null;
  /** Bars of the run on which it had none: its last close, before the first one that, counted there. */
  readonly bars_missing: number;
  /** Null where a return of either is undefined. */
  readonly metrics: BenchmarkStatistics | null;
}

/** The bars that were read. */
export interface ResultDataset {
  readonly source: string;
  readonly exchange: string | null;
  readonly mode: string | null;
  readonly product: string | null;
  readonly symbol: string | null;
  readonly interval: Interval | null;
  readonly bars: number;
  /** Open times of the first and the last bar; null without bars. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface ResultSettings {
  readonly interval: Interval | null;
  /** First instant of the window, inclusive; null: from the first bar. */
  readonly from: string | null;
  /** End of the window, exclusive; null: to the last bar. */
  readonly to: string | null;
  readonly cash: number;
  /** Fraction of the value of a fill. */
  readonly commission: number;
  /** Adverse fraction of the price on market fills. */
  readonly slippage: number;
  readonly fill: "next_open" | "close";
  /** Whole bars of latency before an order may fill. */
  readonly delay: number;
  readonly execution: ResultExecution;
  /** Annual fraction. */
  readonly risk_free_return: number;
  /** Session days per year for annualisation; null: years of 365 days around the clock. */
  readonly calendar: number | null;
  /** Earlier bars that only warm the indicators up. */
  readonly warmup: number;
  readonly dialect: Dialect;
  readonly params: Readonly<Record<string, number | boolean | string>>;
  /** What else `strategy(…)` of a script sets; null for a rule document. */
  readonly script: ResultScript | null;
}

/** The broker's settings of a script, as in force: names and units are those of `strategy(…)`. */
export interface ResultScript {
  readonly version: number;
  readonly default_qty_type: "fixed" | "cash" | "percent_of_equity";
  readonly default_qty_value: number;
  readonly pyramiding: number;
  readonly commission_type: "percent" | "cash_per_contract" | "cash_per_order";
  readonly commission_value: number;
  /** Ticks. */
  readonly slippage: number;
  /** Smallest step of the price. */
  readonly tick: number;
  readonly process_orders_on_close: boolean;
  readonly close_entries_rule: "FIFO" | "ANY";
  readonly margin_long: number;
  readonly margin_short: number;
}

export interface ResultDocument {
  readonly candle_interval: Interval | null;
  /** The paper-run body around the strategy; null for a plain strategy document. */
  readonly paper_run: ResultPaperRun | null;
}

export interface ResultPaperRun {
  readonly mode: string | null;
  readonly starts_at: string | null;
  readonly finishes_at: string | null;
  readonly exchange: string | null;
  readonly symbol: string | null;
  readonly kind: string | null;
  readonly cash: number | null;
  readonly commission: number;
  readonly latency_ms: number;
  readonly risk_free_return: number;
}

/** One series of a source. */
export interface ResultSeries {
  readonly exchange: string | null;
  readonly mode: string | null;
  readonly product: string | null;
  readonly symbol: string | null;
  readonly interval: string | null;
  readonly bars: number;
  readonly from: string | null;
  readonly to: string | null;
}

/** What `--json` prints when the user's input was wrong. */
export interface ErrorResult {
  readonly state: "error";
  readonly diagnostics: readonly Diagnostic[];
}
