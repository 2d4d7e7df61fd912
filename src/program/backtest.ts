import type { Table } from "apache-arrow";
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
import { type Interval, intervalMs } from "../vector/interval.ts";
import type { RunOptions } from "./options.ts";
import type { Engine, Program } from "./program.ts";
import { runBars } from "./run.ts";
import { equityTable, tradesTable } from "./tables.ts";

/** A run and the choice of its bars. What is left out comes from the document, then from defaults. */
export interface BacktestOptions
  extends Omit<RunOptions, "stepMs" | "start" | "delay">,
    Partial<
      Pick<
        LoadOptions,
        "symbol" | "exchange" | "product" | "mode" | "table" | "timeColumn" | "timeUnit" | "timeFormat"
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
}

export interface Backtest {
  /** The object that `swymc backtest --json` prints. */
  readonly result: BacktestResult;
  /** One row per trade. */
  readonly trades: Table;
  /** `time`, `equity`: one row per bar. */
  readonly equity: Table;
}

/** Which bars a backtest reads: options first, then the document (SEMANTICS §2). */
export function loadOptionsOf(program: Program, options: BacktestOptions): LoadOptions {
  const { product, mode, table, timeColumn, timeUnit, timeFormat } = options;
  const body = program.paperRun;
  return {
    product,
    mode,
    table,
    timeColumn,
    timeUnit,
    timeFormat,
    symbol: options.symbol ?? body?.symbol ?? undefined,
    exchange: options.exchange ?? body?.exchange ?? undefined,
    interval: options.interval ?? program.interval ?? undefined,
    from: options.from ?? body?.startsAt ?? undefined,
    to: options.to ?? body?.finishesAt ?? undefined,
    // A condition that can never be known has an endless warm-up.
    warmupBars: options.warmup ? Math.min(program.warmup(options.params), MAX_BARS) : 0,
  };
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
  program: Program,
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
  const { run, settings, riskFreeReturn } = runBars(program, bars, asked);
  const description = describe(program, dataset, load, options, { settings, riskFreeReturn });
  const { simulation } = run;
  return {
    result: isOk(dataset.state)
      ? backtestResult(description, bars, simulation, run)
      : nothingToRun(description, { ...dataset, state: dataset.state }),
    trades: tradesTable(bars, simulation),
    equity: equityTable(bars, simulation),
  };
}

function isOk(state: DatasetState): state is "ok" {
  return state === "ok";
}

function isDataset(data: Dataset | BarData): data is Dataset {
  return "state" in data && "bars" in data;
}

function describe(
  program: Program,
  dataset: Dataset,
  load: LoadOptions,
  options: BacktestOptions,
  force: Pick<RunDescription, "settings" | "riskFreeReturn">,
): RunDescription {
  const values = program.bind(options.params);
  const window = timeWindow(load);
  const edge = (ms: number) => (Number.isFinite(ms) ? ms : null);
  const { source, exchange, mode, product, symbol, interval } = dataset;
  return {
    strategyId: program.strategyId(options.params),
    source,
    exchange,
    mode,
    product,
    symbol,
    interval,
    ...force,
    chosenInterval: load.interval ?? null,
    from: edge(window.from),
    to: edge(window.to),
    calendar: options.calendar ?? null,
    dialect: program.ir.dialect,
    params: Object.fromEntries(program.params.map((p, k) => [p.name, values[k]!])),
    documentInterval: program.interval,
    paperRun: program.paperRun,
    warnings: [...program.warnings, ...dataset.warnings],
  };
}
