import type { Table } from "apache-arrow";
import {
  analysedPortfolio,
  benchmarkEquity,
  checkSettings,
  type Member,
  type MergedTrades,
  mergeTrades,
  type PortfolioSimulation,
  portfolioMetrics,
  rowsOf,
  simulatePortfolio,
} from "../backtest/index.ts";
import { barClose } from "../data/bar-period.ts";
import {
  type BarData,
  type Dataset,
  datasetFrom,
  type LoadOptions,
  timeWindow,
} from "../data/index.ts";
import { type Diagnostic, diagnose, SwymcError } from "../diagnostics/index.ts";
import { type BacktestOptions, loadOptionsOf } from "../program/backtest.ts";
import type { Program } from "../program/program.ts";
import { ticksAreMissing } from "../program/run-plan.ts";
import type { RunSetup } from "../program/run-setup.ts";
import type { ScriptProgram } from "../program/script-program.ts";
import type { AnalysedRun } from "../stats/analysis/index.ts";
import { intervalMs } from "../vector/interval.ts";
import { assemble, type RunMember } from "./assemble.ts";
import { jointSetup } from "./joint-setup.ts";
import { memberSignals, paramsOf } from "./member-signals.ts";
import { seriesProblems, unknownParams } from "./problems.ts";
import type { PortfolioResult } from "./result.ts";
import { jointEquityTable, jointTradesTable } from "./tables.ts";

/** One symbol of a portfolio. */
export interface PortfolioSeries {
  /** Its name in the result; no two may share one. */
  readonly symbol: string;
  readonly data: Dataset | BarData;
  /** Rules of its own, in place of those for all. */
  readonly program?: Program | ScriptProgram;
}

/** As of a backtest. Parameters reach every program that declares them. */
export type PortfolioOptions = Omit<BacktestOptions, "symbol">;

export interface PortfolioBacktest {
  /** The object that `swymc portfolio --json` prints. */
  readonly result: PortfolioResult;
  /** One row per trade, with its symbol. */
  readonly trades: Table;
  /** `time`, `equity`, `benchmark`: one row per time on which a symbol has a bar. */
  readonly equity: Table;
  readonly simulation: PortfolioSimulation;
  /** The account as one run, for analysis and reports: its asset is the benchmark. */
  readonly run: AnalysedRun;
  /** In the order given. */
  readonly members: readonly Member[];
  /** The order of the trades in the result. */
  readonly merged: MergedTrades;
}

/**
 * Backtests several symbols on one cash account, in the order in which they are given (docs/portfolio.md).
 *
 *     check → bars → one clock, one set of settings → signals of each → run → trades, equity, metrics → result
 *
 * Throws SwymcError for faulty data, settings, parameters or programs; a missing symbol or an empty window is a state of
 * the result.
 * @param program of the symbols that have none of their own; null where all have
 */
export function backtestPortfolio(
  program: Program | ScriptProgram | null,
  series: readonly PortfolioSeries[],
  options: PortfolioOptions = {},
): PortfolioBacktest {
  refuse(seriesProblems(program, series));
  const rulesOf = (one: PortfolioSeries) => (one.program ?? program) as Program;
  refuse(unknownParams(series.map(rulesOf), options.params));
  const chosen = series.map((one): Chosen => {
    const { symbol, data } = one;
    const rules = rulesOf(one);
    const load = portfolioLoadOptions(rules, symbol, options);
    return { symbol, rules, load, dataset: isDataset(data) ? data : datasetFrom(data, load) };
  });
  const missing = chosen.find(({ dataset }) => dataset.state !== "ok");
  const { closeOf, stepMs } = clockOf(chosen);
  const bare = chosen.map(({ dataset: { bars, warmup } }) => ({ bars, start: warmup }));
  const { time, start } = rowsOf(bare);
  const setup = jointSetup(
    chosen,
    { ...options, start, ...(stepMs === null ? {} : { stepMs }) },
    time,
  );
  checkSetup(chosen, setup);

  const members = chosen.map(({ rules, dataset }): Member => {
    const signals = memberSignals(rules, dataset.bars, options);
    return { bars: dataset.bars, signals, start: dataset.warmup };
  });
  const { start: _, ...settings } = setup.settings;
  const simulation = simulatePortfolio(members, { ...settings, closeOf });
  const trades = mergeTrades(members, simulation);
  const metrics = portfolioMetrics(members, simulation, trades, settings.cash, setup.annual);
  const runs = chosen.map(({ symbol, rules, dataset }, k): RunMember => {
    return { symbol, rules, dataset, member: members[k]!, run: simulation.members[k]! };
  });
  const held = benchmarkEquity(members, simulation, settings.cash, closeOf);
  return {
    result: assemble({
      runs,
      missing: missing?.dataset ?? null,
      window: timeWindow(chosen[0]!.load),
      chosenInterval: chosen[0]!.load.interval ?? null,
      setup,
      options,
      simulation,
      trades,
      metrics,
    }),
    trades: jointTradesTable(runs, trades),
    equity: jointEquityTable(simulation, held),
    simulation,
    run: analysedPortfolio(members, simulation, trades, held, {
      ...setup.annual,
      cash: settings.cash,
    }),
    members,
    merged: trades,
  };
}

/** Which bars of a symbol are read: as a backtest's, with the parameters that its program declares. */
export function portfolioLoadOptions(
  program: Program,
  symbol: string,
  { params, ...options }: PortfolioOptions,
): LoadOptions {
  const own = paramsOf(program, params);
  return loadOptionsOf(program, {
    ...options,
    symbol,
    ...(own === undefined ? {} : { params: own }),
  });
}

interface Chosen {
  readonly symbol: string;
  readonly rules: Program;
  readonly load: LoadOptions;
  readonly dataset: Dataset;
}

/** When bars close; all symbols must have bars of one interval. */
function clockOf(chosen: readonly Chosen[]) {
  const known = chosen.filter(({ dataset }) => dataset.stepMs !== null);
  const name = ({ dataset: { interval, stepMs } }: Chosen) => interval ?? `${stepMs! / 1000} s`;
  const names = new Map(known.map((one) => [name(one), one.symbol]));
  if (names.size > 1) {
    const found = known.map((one) => `${one.symbol} ${name(one)}`);
    throw new SwymcError([diagnose("portfolio_intervals", { found })]);
  }
  const { interval = null, stepMs: own = null } = (known[0] ?? chosen[0]!).dataset;
  const stepMs = interval === null ? own : intervalMs(interval);
  const closeOf = (open: number) =>
    interval === null ? open + (stepMs ?? 86_400_000) : barClose(open, interval);
  return { closeOf, stepMs };
}

function checkSetup(chosen: readonly Chosen[], { settings }: RunSetup): void {
  const problems = checkSettings(settings);
  if (chosen.some(({ rules }) => ticksAreMissing(rules.plan, settings)))
    problems.push(diagnose("exit_without_tick", {}));
  refuse(problems);
}

function isDataset(data: Dataset | BarData): data is Dataset {
  return "state" in data && "bars" in data;
}

function refuse(problems: readonly Diagnostic[]): void {
  if (problems.length > 0) throw new SwymcError(problems);
}
