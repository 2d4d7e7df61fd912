import type { Table } from "apache-arrow";
import { checkSettings } from "../backtest/check-settings.ts";
import type { Simulation } from "../backtest/simulation.ts";
import { type BarData, barsFrom } from "../data/index.ts";
import { diagnose, SwymcError } from "../diagnostics/index.ts";
import type { Metrics, NullReason } from "../stats/metrics.ts";
import type { Bars } from "../vector/columns.ts";
import type { RunOptions } from "./options.ts";
import type { Engine, ParamValues, Program } from "./program.ts";
import { type PlanRun, planSignals, runPlan, ticksAreMissing } from "./run-plan.ts";
import { type RunSetup, setUpRun } from "./run-setup.ts";
import { equityTable, signalsTable, tradesTable } from "./tables.ts";

export interface RunResult {
  /** One row per trade, the columns of the `--json` form. */
  readonly trades: Table;
  /** `time`, `equity`: one row per bar. */
  readonly equity: Table;
  readonly metrics: Metrics;
  /** Why a metric is null, by its name. */
  readonly metrics_null: Readonly<Partial<Record<string, NullReason>>>;
  /** Totals, rejections and pending orders. */
  readonly simulation: Simulation;
}

/**
 * Runs a program over bars: an Arrow table or danfo DataFrame with `time open high low close volume`, or columns.
 * Throws {@link SwymcError} for faulty data, settings or parameters.
 */
export function run(
  program: Program,
  data: BarData,
  options: RunOptions & { readonly engine?: Engine } = {},
): RunResult {
  const bars = barsFrom(data);
  const { simulation, metrics, metrics_null } = runBars(program, bars, options).run;
  return {
    trades: tradesTable(bars, simulation),
    equity: equityTable(bars, simulation),
    metrics,
    metrics_null,
    simulation,
  };
}

/** Where each rule fires, by the position it would meet: see {@link signalsTable}. Throws as {@link run}. */
export function signals(
  program: Program,
  data: BarData,
  options: { readonly params?: ParamValues; readonly engine?: Engine } = {},
): Table {
  const bars = barsFrom(data);
  const params = program.bind(options.params);
  return signalsTable(bars, planSignals(program.code(options.engine), bars, params));
}

/** One run over checked bars, with the settings that were in force. */
export function runBars(
  program: Program,
  bars: Bars,
  options: RunOptions & { readonly engine?: Engine },
): { run: PlanRun; settings: RunSetup["settings"]; riskFreeReturn: number } {
  const { settings, annual, params } = setUpRun(options, program.paperRun, bars.time);
  const problems = checkSettings(settings);
  if (ticksAreMissing(program.plan, settings)) problems.push(diagnose("exit_without_tick", {}));
  if (problems.length > 0) throw new SwymcError(problems);
  const values = program.bind(params);
  const run = runPlan(program.code(options.engine), bars, values, settings, annual);
  return { run, settings, riskFreeReturn: annual.riskFreeReturn };
}
