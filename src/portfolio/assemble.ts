import {
  type Member,
  type MemberRun,
  type MergedTrades,
  type PortfolioSimulation,
  pendingObjects,
  rejectionObjects,
  tradeObjects,
} from "../backtest/index.ts";
import type { Dataset } from "../data/index.ts";
import { type Diagnostic, diagnose } from "../diagnostics/index.ts";
import type { Program } from "../program/program.ts";
import type { RunSetup } from "../program/run-setup.ts";
import { resultCosts, resultExecution } from "../report/result-execution.ts";
import { type MetricsResult, sumTrades } from "../stats/index.ts";
import type { Interval } from "../vector/interval.ts";
import { isoTime } from "../vector/iso-time.ts";
import type { PortfolioOptions } from "./backtest-portfolio.ts";
import { paramsOf } from "./member-signals.ts";
import type { PortfolioResult, PortfolioResultSettings, PortfolioSymbol } from "./result.ts";

/** A symbol with what it was run on and what came of it. */
export interface RunMember {
  readonly symbol: string;
  readonly rules: Program;
  readonly dataset: Dataset;
  readonly member: Member;
  readonly run: MemberRun;
}

/** Everything that a result has to state. */
export interface PortfolioRunDescription {
  readonly runs: readonly RunMember[];
  /** The first symbol that has no bars; null where all have. */
  readonly missing: Dataset | null;
  /** Epoch ms, to exclusive; infinite where open. */
  readonly window: { readonly from: number; readonly to: number };
  readonly chosenInterval: Interval | null;
  readonly setup: RunSetup;
  readonly options: PortfolioOptions;
  readonly simulation: PortfolioSimulation;
  readonly trades: MergedTrades;
  readonly metrics: MetricsResult;
}

export function assemble(description: PortfolioRunDescription): PortfolioResult {
  const { runs, missing, simulation, metrics } = description;
  const ran = simulation.time.subarray(simulation.start);
  const about = {
    settings: settingsOf(description),
    warnings: warningsOf(runs, ran),
    dataset: {
      interval: runs[0]!.dataset.interval,
      bars: ran.length,
      from: iso(ran[0]),
      to: iso(ran[ran.length - 1]),
    },
  };
  if (missing !== null) return { ...about, ...nothing(missing) };
  return {
    state: description.trades.length > 0 ? "ok" : "no_trades",
    symbols: runs.map((run) => symbolOf(run, description)),
    ...about,
    rejections: rejectionsOf(runs),
    costs: resultCosts(simulation.realism),
    pending_orders: runs.flatMap(({ symbol, member, run }) =>
      pendingObjects(member.bars, run).map((order) => ({ symbol, ...order })),
    ),
    metrics: metrics.metrics,
    metrics_null: metrics.metrics_null,
    trades: tradesOf(runs, description.trades),
    reason: null,
    available: [],
  };
}

function nothing({
  state,
  reason,
  available,
}: Dataset): Omit<PortfolioResult, "settings" | "warnings"> {
  return {
    state: state as "empty_dataset" | "symbol_not_found",
    symbols: [],
    dataset: { interval: null, bars: 0, from: null, to: null },
    rejections: { count: 0, orders: [] },
    costs: null,
    pending_orders: [],
    metrics: null,
    metrics_null: {},
    trades: [],
    reason,
    available: available.map(({ from, to, ...series }) => ({
      ...series,
      from: iso(from),
      to: iso(to),
    })),
  };
}

function settingsOf({
  chosenInterval,
  window,
  setup: { settings, annual },
  options,
}: PortfolioRunDescription): PortfolioResultSettings {
  const { cash, commission, slippage, fill, delay } = settings;
  const edge = (ms: number) => (Number.isFinite(ms) ? isoTime(ms) : null);
  return {
    interval: chosenInterval,
    from: edge(window.from),
    to: edge(window.to),
    cash,
    commission,
    slippage,
    fill,
    fill_order: "exits_first",
    delay,
    execution: resultExecution(settings),
    risk_free_return: annual.riskFreeReturn,
    calendar: options.calendar ?? null,
  };
}

function symbolOf(
  { symbol, rules, dataset, member, run }: RunMember,
  { options, setup, simulation }: PortfolioRunDescription,
): PortfolioSymbol {
  const params = paramsOf(rules, options.params);
  const values = rules.bind(params);
  const { source, exchange, mode, product, interval } = dataset;
  const { close } = member.bars;
  const held = close[close.length - 1]! / close[member.start]! - 1;
  const sums = sumTrades(run.trades);
  const pnl = run.trades.pnl.reduce((sum, value) => sum + value, 0);
  return {
    symbol,
    strategy_id: rules.strategyId(params),
    dialect: rules.ir.dialect,
    params: Object.fromEntries(rules.params.map(({ name }, k) => [name, values[k]!])),
    candle_interval: rules.interval,
    warmup: member.start,
    dataset: {
      ...{ source, exchange, mode, product, symbol: dataset.symbol, interval },
      bars: close.length - member.start,
      from: iso(dataset.from),
      to: iso(dataset.to),
    },
    trades: run.trades.length,
    closed_trades: sums.closed,
    open_trades: sums.open,
    win_rate: sums.closed === 0 ? null : sums.wins / sums.closed,
    pnl,
    commission: run.commission,
    traded: run.traded,
    contribution: pnl / setup.settings.cash,
    position: run.position,
    exposure: simulation.equity.length === 0 ? null : run.rowsInPosition / simulation.equity.length,
    buy_and_hold_return: Number.isFinite(held) ? held : null,
    rejections: run.rejections.count,
  };
}

function rejectionsOf(runs: readonly RunMember[]): PortfolioResult["rejections"] {
  const listed = runs.flatMap(({ symbol, member, run }) =>
    rejectionObjects(member.bars, run).map((order, k) => {
      const at = member.bars.time[run.rejections.listed[k]!.bar]!;
      return { at, order: { symbol, ...order } };
    }),
  );
  listed.sort((a, b) => a.at - b.at);
  return {
    count: runs.reduce((sum, { run }) => sum + run.rejections.count, 0),
    orders: listed.slice(0, 100).map(({ order }) => order),
  };
}

function tradesOf(runs: readonly RunMember[], merged: MergedTrades): PortfolioResult["trades"] {
  const objects = runs.map(({ member, run }) => tradeObjects(member.bars, run));
  return Array.from({ length: merged.length }, (_, k) => {
    const { symbol } = runs[merged.member[k]!]!;
    return { symbol, ...objects[merged.member[k]!]![merged.index[k]!]! };
  });
}

/** Of each program once, of each dataset, and of symbols that end before the others. */
function warningsOf(runs: readonly RunMember[], ran: Float64Array): Diagnostic[] {
  const programs = new Set(runs.map(({ rules }) => rules));
  const end = ran[ran.length - 1] ?? Number.NaN;
  const early = runs.filter(({ dataset }) => dataset.to !== null && dataset.to < end);
  return [
    ...[...programs].flatMap(({ warnings }) => warnings),
    ...runs.flatMap(({ dataset }) => dataset.warnings),
    ...early.map(({ symbol, dataset }) =>
      diagnose("portfolio_ends_early", { symbol, last: isoTime(dataset.to!), end: isoTime(end) }),
    ),
  ];
}

function iso(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : isoTime(ms);
}
