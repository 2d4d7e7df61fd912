import type { MonthlyRow } from "../../stats/analysis/index.ts";
import type { Metrics } from "../../stats/index.ts";
import type { MetricDefinition } from "../../stats/metric-table.ts";
import type { BenchmarkRow } from "../benchmark-rows.ts";
import type { BacktestResult } from "../result.ts";
import type { Finding } from "../validation/findings.ts";
import type { PackedColumn } from "./packed.ts";

/**
 * Everything that a report page shows, as JSON beside packed columns. Columns of the bars: `time` (epoch seconds),
 * `open high low close volume equity`, `indicator.0` …, `benchmark` where one was given; of the trades, one row each: `trade.side`,
 * `trade.quantity`, `trade.entry_time`, `trade.entry_price`, `trade.exit_time` and `trade.exit_price` (na while
 * open), `trade.bars`, `trade.pnl`, `trade.return`, `trade.best`, `trade.worst` (excursions, fractions of the
 * entry price); of rolling metrics `rolling.time`, `rolling.sharpe`,
 * `rolling.total_return`, `rolling.volatility`, `rolling.drawdown`.
 */
export interface ReportData {
  readonly title: string;
  readonly version: string;
  /** What repeats the run, as a shell command; null where it was started from a program. */
  readonly command: string | null;
  readonly strategy: { readonly language: "json" | "text"; readonly text: string };
  readonly result: ReportedRun;
  readonly definitions: readonly MetricDefinition[];
  readonly columns: readonly PackedColumn[];
  readonly indicators: readonly ReportIndicator[];
  readonly verdict: readonly Finding[];
  readonly months: readonly MonthlyRow[];
  readonly drawdowns: readonly ReportDrawdown[];
  /** Metrics of all trades, then of some of them. */
  readonly sides: readonly { readonly title: string; readonly metrics: Metrics }[];
  /** Of a portfolio: its symbols, which `trade.symbol` counts, and their table with its head; else null. */
  readonly symbols: {
    readonly names: readonly string[];
    readonly rows: readonly string[][];
  } | null;
  /** Bars of the window of rolling metrics. */
  readonly rollingWindow: number;
  readonly robustness: readonly Finding[];
  /** Rows: none where a return of either is undefined. Its closes are column `benchmark`, or those of the bars. */
  readonly benchmark: { readonly name: string; readonly rows: readonly BenchmarkRow[] };
  readonly funnel: readonly FunnelRow[];
  readonly signals: SignalNote;
}

/** What a page tells of a result as it is. */
export type ReportedRun = Pick<BacktestResult, "warnings"> & {
  /** Null for a portfolio. */
  readonly strategy_id: string | null;
  readonly dataset: object;
  readonly settings: { readonly cash: number };
  readonly rejections: { readonly count: number };
  readonly pending_orders: { readonly length: number };
};

/** Whose conditions the funnel counts: the document's, those of a script as rules (which may decide otherwise), or none. */
export interface SignalNote {
  readonly of: "rules" | "script" | "none";
  /** Why there are none, or where the rules may decide otherwise. */
  readonly because: readonly string[];
}

export interface ReportIndicator {
  readonly label: string;
  readonly column: string;
  /** Drawn over the prices, or in a pane of its own. */
  readonly pane: "price" | "own";
}

export interface ReportDrawdown {
  /** ISO 8601. `end`: recovered; null while below. */
  readonly start: string;
  readonly trough: string;
  readonly end: string | null;
  readonly depth: number;
  readonly bars: number;
}

/** How often one condition of a rule held while the position allowed the rule. */
export interface FunnelRow {
  readonly rule: string;
  readonly condition: string;
  /** Bars on which the rule could fire by its position. */
  readonly bars: number;
  readonly held: number;
  /** Bars on which it alone kept the rule from firing. */
  readonly lastMissing: number;
}
