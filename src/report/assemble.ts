import {
  pendingObjects,
  type RunSettings,
  rejectionObjects,
  type Simulation,
  tradeObjects,
} from "../backtest/index.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { MetricsResult } from "../stats/index.ts";
import type { Bars, Dialect, Interval } from "../vector/index.ts";
import { isoTime } from "../vector/iso-time.ts";
import type {
  BacktestResult,
  ResultBenchmark,
  ResultPaperRun,
  ResultScript,
  ResultSeries,
  ResultSettings,
} from "./result.ts";
import { resultCosts, resultExecution } from "./result-execution.ts";

/** Everything around a run that its result has to state. Times in epoch ms, rates as fractions. */
export interface RunDescription {
  readonly strategyId: string;
  readonly source: string;
  readonly exchange: string | null;
  readonly mode: string | null;
  readonly product: string | null;
  readonly symbol: string | null;
  /** Of the bars themselves. */
  readonly interval: Interval | null;
  readonly settings: RunSettings;
  /** What chose the bars: the flag's or the document's interval; null where the data's own was taken. */
  readonly chosenInterval: Interval | null;
  readonly from: number | null;
  /** Exclusive. */
  readonly to: number | null;
  readonly riskFreeReturn: number;
  readonly calendar: number | null;
  readonly dialect: Dialect;
  readonly params: Readonly<Record<string, number | boolean | string>>;
  readonly script: ResultScript | null;
  readonly documentInterval: Interval | null;
  readonly paperRun: PaperRunDescription | null;
  readonly benchmark: ResultBenchmark | null;
  readonly warnings: readonly Diagnostic[];
}

/** What a paper-run body asked for. */
export interface PaperRunDescription {
  readonly mode: string | null;
  readonly startsAt: number | null;
  readonly finishesAt: number | null;
  readonly riskFreeReturn: number;
  readonly exchange: string | null;
  readonly symbol: string | null;
  readonly kind: string | null;
  readonly latencyMs: number;
  readonly commission: number;
  readonly cash: number | null;
}

/** The result of a run that took place: `ok`, or `no_trades` when nothing was bought or sold. */
export function backtestResult(
  description: RunDescription,
  bars: Bars,
  simulation: Simulation,
  { metrics, metrics_null }: MetricsResult,
): BacktestResult {
  const { start, trades, rejections } = simulation;
  const ran = bars.time.subarray(start);
  return assemble(description, {
    state: trades.length > 0 ? "ok" : "no_trades",
    bars: ran.length,
    from: iso(ran[0] ?? null),
    to: iso(ran[ran.length - 1] ?? null),
    rejections: { count: rejections.count, orders: rejectionObjects(bars, simulation) },
    costs: resultCosts(simulation.realism),
    pending_orders: pendingObjects(bars, simulation),
    metrics,
    metrics_null,
    benchmark: description.benchmark,
    trades: tradeObjects(bars, simulation),
    reason: null,
    available: [],
  });
}

/** Why there was nothing to run on, and what the source holds instead. */
export interface NothingFound {
  readonly state: "empty_dataset" | "symbol_not_found";
  readonly reason: Diagnostic | null;
  readonly available: readonly SeriesDescription[];
}

/** A series of a source; times in epoch ms of its first and last bar. */
export interface SeriesDescription extends Omit<ResultSeries, "from" | "to"> {
  readonly from: number | null;
  readonly to: number | null;
}

/** The result where there was nothing to run on. */
export function nothingToRun(
  description: RunDescription,
  { state, reason, available }: NothingFound,
): BacktestResult {
  return assemble(description, {
    state,
    bars: 0,
    from: null,
    to: null,
    rejections: { count: 0, orders: [] },
    costs: null,
    pending_orders: [],
    metrics: null,
    metrics_null: {},
    benchmark: null,
    trades: [],
    reason,
    available: available.map((s) => ({ ...seriesOf(s), bars: s.bars, ...timesOf(s) })),
  });
}

type Outcome = Omit<
  BacktestResult,
  "strategy_id" | "dataset" | "settings" | "document" | "warnings"
> &
  Pick<BacktestResult["dataset"], "bars" | "from" | "to">;

function assemble(description: RunDescription, outcome: Outcome): BacktestResult {
  const { documentInterval, paperRun } = description;
  const { state, bars, from, to, ...found } = outcome;
  return {
    state,
    strategy_id: description.strategyId,
    dataset: { source: description.source, ...seriesOf(description), bars, from, to },
    settings: settingsOf(description),
    document: { candle_interval: documentInterval, paper_run: paperRun && paperRunOf(paperRun) },
    warnings: description.warnings,
    ...found,
  };
}

function seriesOf<I>(
  of: Pick<RunDescription, "exchange" | "mode" | "product" | "symbol"> & { interval: I },
) {
  const { exchange, mode, product, symbol, interval } = of;
  return { exchange, mode, product, symbol, interval };
}

function timesOf({ from, to }: SeriesDescription) {
  return { from: iso(from), to: iso(to) };
}

function settingsOf(description: RunDescription): ResultSettings {
  const { settings } = description;
  return {
    interval: description.chosenInterval,
    from: iso(description.from),
    to: iso(description.to),
    cash: settings.cash,
    commission: settings.commission,
    slippage: settings.slippage,
    fill: settings.fill,
    delay: settings.delay,
    execution: resultExecution(settings),
    risk_free_return: description.riskFreeReturn,
    calendar: description.calendar,
    warmup: settings.start,
    dialect: description.dialect,
    params: description.params,
    script: description.script,
  };
}

function paperRunOf(body: PaperRunDescription): ResultPaperRun {
  return {
    mode: body.mode,
    starts_at: iso(body.startsAt),
    finishes_at: iso(body.finishesAt),
    exchange: body.exchange,
    symbol: body.symbol,
    kind: body.kind,
    cash: body.cash,
    commission: body.commission,
    latency_ms: body.latencyMs,
    risk_free_return: body.riskFreeReturn,
  };
}

function iso(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms);
}
