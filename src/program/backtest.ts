import type { Table } from "apache-arrow";
import type { Simulation } from "../backtest/simulation.ts";
import {
  type BarData,
  type Dataset,
  type DatasetState,
  datasetFrom,
  type LoadOptions,
  MAX_BARS,
  timeWindow,
} from "../data/index.ts";
import {
  type BacktestResult,
  backtestResult,
  nothingToRun,
  type RunDescription,
} from "../report/index.ts";
import type { AnalysedRun } from "../stats/analysis/index.ts";
import { barsPerYear } from "../stats/annualisation.ts";
import type { Bars } from "../vector/columns.ts";
import { type Interval, intervalMs } from "../vector/interval.ts";
import { type RunOptions, stepOf } from "./options.ts";
import type { Engine, ParamValues, Program } from "./program.ts";
import { runBars } from "./run.ts";
import { type BenchmarkChoice, measureBenchmark, type RunBenchmark } from "./run-benchmark.ts";
import { type Outcome, runScriptBars } from "./run-script-bars.ts";
import { isScriptProgram, type ScriptProgram } from "./script-program.ts";
import { equityTable, tradesTable } from "./tables.ts";

/** A run and the choice of its bars. What is left out comes from the document, then from defaults. */
export interface BacktestOptions
  extends Omit<RunOptions, "stepMs" | "start" | "params">,
    Partial<
      Pick<
        LoadOptions,
        | "symbol"
        | "exchange"
        | "product"
        | "mode"
        | "table"
        | "timeColumn"
        | "timeUnit"
        | "timeFormat"
      >
    > {
  readonly interval?: Interval;
  /** First moment: a UTC date, an ISO 8601 time, or epoch ms (inclusive). */
  readonly from?: string | number;
  /** Last moment: a UTC date (that whole day included), a time or epoch ms (exclusive). */
  readonly to?: string | number;
  /** Read as many earlier bars as the indicators need to warm up. */
  readonly warmup?: boolean;
  readonly engine?: Engine;
  /** Values of declared parameters, or of a script's inputs, by name; the others keep their defaults. */
  readonly params?: Readonly<Record<string, number | boolean | string>>;
  /** What to measure the run against; nothing unless given. */
  readonly benchmark?: BenchmarkChoice;
}

export interface Backtest {
  /** The object that `swymc backtest --json` prints. */
  readonly result: BacktestResult;
  /** One row per trade. */
  readonly trades: Table;
  /** `time`, `equity`: one row per bar. */
  readonly equity: Table;
  /** The run with its bars, for analysis and reports. */
  readonly run: AnalysedRun;
  readonly bars: Bars;
  readonly simulation: Simulation;
  /** Null unless one was asked for. */
  readonly benchmark: RunBenchmark | null;
}

/** Which bars a backtest reads: options first, then the document (SEMANTICS §2). */
export function loadOptionsOf(
  program: Program | ScriptProgram,
  options: BacktestOptions,
): LoadOptions {
  const { product, mode, table, timeColumn, timeUnit, timeFormat } = options;
  const rules = isScriptProgram(program) ? null : program;
  const body = rules?.paperRun ?? null;
  return {
    product,
    mode,
    table,
    timeColumn,
    timeUnit,
    timeFormat,
    symbol: options.symbol ?? body?.symbol ?? undefined,
    exchange: options.exchange ?? body?.exchange ?? undefined,
    interval: options.interval ?? rules?.interval ?? undefined,
    from: options.from ?? body?.startsAt ?? undefined,
    to: options.to ?? body?.finishesAt ?? undefined,
    warmupBars: options.warmup ? warmupBars(program, options.params) : 0,
  };
}

/** A condition that can never be known, or a script that depends on all earlier bars, has an endless warm-up. */
function warmupBars(program: Program | ScriptProgram, params: BacktestOptions["params"]): number {
  const bars = isScriptProgram(program)
    ? program.warmup(params)
    : program.warmup(numbersOf(params));
  return Math.min(bars, MAX_BARS);
}

/**
 * Backtests a program over a dataset from `loadDataset` (with {@link loadOptionsOf}), an Arrow table, a danfo
 * DataFrame or columns.
 *
 *     choose bars → run → trades, equity, metrics → result
 *
 * Throws SwymcError for faulty data, settings or parameters; a missing symbol or an empty window is a
 * state of the result.
 */
export function backtest(
  program: Program | ScriptProgram,
  data: Dataset | BarData,
  options: BacktestOptions = {},
): Backtest {
  const load = loadOptionsOf(program, options);
  const dataset = isDataset(data) ? data : datasetFrom(data, load);
  const { bars, interval, stepMs } = dataset;
  const step = interval === null ? stepMs : intervalMs(interval);
  const asked = {
    ...options,
    start: dataset.warmup,
    ...(step === null ? {} : { stepMs: step }),
  };
  const { run, told } = isScriptProgram(program)
    ? runScriptBars(program, dataset, asked)
    : runRulesBars(program, dataset, asked);
  const { simulation } = run;
  const analysed: AnalysedRun = {
    cash: told.settings.cash,
    equity: simulation.equity,
    firstBar: simulation.start,
    time: bars.time,
    close: bars.close,
    trades: simulation.trades,
    barsPerYear: annualBars(asked, bars.time),
    riskFreeReturn: told.riskFreeReturn,
  };
  const benchmark =
    options.benchmark === undefined || !isOk(dataset.state)
      ? null
      : measureBenchmark(options.benchmark, analysed, dataset.stepMs, load);
  const description = describe(dataset, load, options, told, benchmark);
  return {
    result: isOk(dataset.state)
      ? backtestResult(description, bars, simulation, run)
      : nothingToRun(description, { ...dataset, state: dataset.state }),
    trades: tradesTable(bars, simulation),
    equity: equityTable(bars, simulation),
    run: analysed,
    bars,
    simulation,
    benchmark,
  };
}

function annualBars(
  options: Pick<RunOptions, "start" | "calendar" | "stepMs">,
  time: Float64Array,
): number {
  const { start = 0, calendar } = options;
  return barsPerYear(time.subarray(start), {
    interval: stepOf(options, time),
    ...(calendar === undefined ? {} : { calendar }),
  });
}

function runRulesBars(
  program: Program,
  { bars }: Dataset,
  asked: BacktestOptions & Pick<RunOptions, "stepMs" | "start">,
): Outcome {
  const params = numbersOf(asked.params);
  const { params: _, ...options } = asked;
  const given = params === undefined ? {} : { params };
  const { run, settings, riskFreeReturn } = runBars(program, bars, {
    ...options,
    ...given,
  });
  const values = program.bind(params);
  return {
    run,
    told: {
      strategyId: program.strategyId(params),
      settings,
      riskFreeReturn,
      dialect: program.ir.dialect,
      params: Object.fromEntries(program.params.map((p, k) => [p.name, values[k]!])),
      script: null,
      documentInterval: program.interval,
      paperRun: program.paperRun,
      warnings: program.warnings,
    },
  };
}

/** Parameters of rules are numbers; what is not is refused where they are bound. */
function numbersOf(params: BacktestOptions["params"]): ParamValues | undefined {
  return params as ParamValues | undefined;
}

function isOk(state: DatasetState): state is "ok" {
  return state === "ok";
}

function isDataset(data: Dataset | BarData): data is Dataset {
  return "state" in data && "bars" in data;
}

function describe(
  dataset: Dataset,
  load: LoadOptions,
  options: BacktestOptions,
  told: Outcome["told"],
  benchmark: RunBenchmark | null,
): RunDescription {
  const window = timeWindow(load);
  const edge = (ms: number) => (Number.isFinite(ms) ? ms : null);
  const { source, exchange, mode, product, symbol, interval } = dataset;
  return {
    source,
    exchange,
    mode,
    product,
    symbol,
    interval,
    ...told,
    chosenInterval: load.interval ?? null,
    from: edge(window.from),
    to: edge(window.to),
    calendar: options.calendar ?? null,
    benchmark: benchmark?.result ?? null,
    warnings: [...told.warnings, ...dataset.warnings, ...(benchmark?.warnings ?? [])],
  };
}
