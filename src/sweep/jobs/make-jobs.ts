import { checkSettings } from "../../backtest/check-settings.ts";
import { fingerprint } from "../../data/fingerprint.ts";
import {
  type BarData,
  barsToTable,
  type Dataset,
  type LoadOptions,
  loadDataset,
} from "../../data/index.ts";
import { type Diagnostic, diagnose, fail, SwymcError } from "../../diagnostics/index.ts";
import { type BacktestOptions, loadOptionsOf } from "../../program/backtest.ts";
import { ticksAreMissing } from "../../program/run-plan.ts";
import { scriptRunOptions } from "../../program/run-script-bars.ts";
import { setUpRun } from "../../program/run-setup.ts";
import { isScriptProgram } from "../../program/script-program.ts";
import { type Bars, sliceBars } from "../../vector/columns.ts";
import { type Interval, intervalMs, intervalOfStep } from "../../vector/interval.ts";
import { modalStep } from "../../vector/modal-step.ts";
import type { SweepSetting } from "../engine/engine.ts";
import type { SweepMetric } from "../engine/sweep-metrics.ts";
import type { Job, SweptStrategy } from "./job.ts";
import { sharedBars } from "./shared-bars.ts";
import { type Window, windowText } from "./windows.ts";

/** Which bars to sweep over, and how to run on them. */
export interface JobRequest {
  readonly strategies: readonly SweptStrategy[];
  /** Paths, datasets that are loaded, or bars in memory. */
  readonly sources: readonly (string | Dataset | BarData)[];
  /** Undefined: what the strategy or the source says. */
  readonly symbols: readonly (string | undefined)[];
  readonly intervals: readonly (Interval | undefined)[];
  readonly windows: readonly Window[] | null;
  /** Those that anybody reads; null: all. */
  readonly metrics: readonly SweepMetric[] | null;
  /** As of a backtest. */
  readonly options: BacktestOptions;
}

export interface Jobs {
  readonly jobs: readonly Job[];
  readonly warnings: readonly Diagnostic[];
}

interface Loaded {
  readonly dataset: Dataset;
  readonly bars: Bars;
  readonly fingerprint: () => string;
  /** The interval that was asked for. */
  readonly asked: Interval | null;
}

/** Every strategy on every series in every window, strategies outermost; each series is read once. */
export async function makeJobs(request: JobRequest): Promise<Jobs> {
  const { windows } = request;
  const warnings = new Map<string, Diagnostic>();
  const loaded = new Map<string, Loaded>();
  const jobs: Job[] = [];
  for (const strategy of request.strategies) {
    for (const one of strategy.program.warnings)
      warnings.set(`${strategy.name} ${one.message}`, one);
    for (const { source, load, options } of series(request, strategy)) {
      const key = JSON.stringify([
        request.sources.indexOf(source),
        isDataset(source) ? null : load,
      ]);
      const found = loaded.get(key) ?? (await readSeries(source, load));
      loaded.set(key, found);
      if (typeof source === "string") checkNamed(found.dataset, request);
      for (const one of found.dataset.warnings) warnings.set(one.message, one);
      const asked = { options, metrics: request.metrics };
      const empty: string[] = [];
      const before = jobs.length;
      for (const window of windows ?? [null]) {
        const made = job(strategy, found, window, asked);
        if (made !== null) jobs.push(made);
        else empty.push(windowText(window!));
      }
      const { source: name, symbol } = found.dataset;
      if (jobs.length === before) fail("sweep_no_bars", { source: name });
      if (empty.length > 0) {
        const missing = diagnose("sweep_window_empty", { windows: empty, source: name, symbol });
        warnings.set(missing.message, missing);
      }
    }
  }
  return { jobs, warnings: [...warnings.values()] };
}

function* series(request: JobRequest, { program }: SweptStrategy) {
  for (const source of request.sources) {
    const inMemory = typeof source !== "string";
    for (const symbol of inMemory ? [undefined] : request.symbols) {
      for (const interval of inMemory ? [undefined] : request.intervals) {
        const options: BacktestOptions = {
          ...request.options,
          ...(symbol === undefined ? {} : { symbol }),
          ...(interval === undefined ? {} : { interval }),
        };
        const load = loadOptionsOf(program, options);
        yield { source, load: hull(load, request.windows), options };
      }
    }
  }
}

/** A file of one series that it does not name would be swept once for each name, on the same bars. */
function checkNamed({ available }: Dataset, { symbols, intervals }: JobRequest): void {
  if (available.length > 0) return;
  const expected = "one, since the source does not tell series apart: all would have the same bars";
  for (const [option, names] of [
    ["--symbols", symbols],
    ["--interval", intervals],
  ] as const)
    if (names.length > 1) fail("sweep_option", { option, value: names.join(","), expected });
}

/** What has to be read for all windows. */
function hull(load: LoadOptions, windows: readonly Window[] | null): LoadOptions {
  if (windows === null) return load;
  return {
    ...load,
    from: Math.min(...windows.map(({ from }) => from)),
    to: Math.max(...windows.map(({ to }) => to)),
  };
}

async function readSeries(source: string | Dataset | BarData, load: LoadOptions): Promise<Loaded> {
  const dataset = isDataset(source) ? source : await loadDataset(source, load);
  if (dataset.state !== "ok" && dataset.reason !== null) throw new SwymcError([dataset.reason]);
  if (dataset.bars.time.length === 0) fail("sweep_no_bars", { source: dataset.source });
  // What was read here is nobody else's: threads then need no copy beside it.
  const bars = typeof source === "string" ? sharedBars(dataset.bars) : dataset.bars;
  let known: string | null = null;
  return {
    ...{ dataset, bars, asked: load.interval ?? null },
    fingerprint: () => {
      known ??= fingerprint(bars);
      return known;
    },
  };
}

function isDataset(source: string | Dataset | BarData): source is Dataset {
  return typeof source !== "string" && "state" in source && "bars" in source;
}

/** Null where the window holds no bars. */
function job(
  strategy: SweptStrategy,
  { dataset, bars: all, fingerprint, asked }: Loaded,
  window: Window | null,
  { options, metrics }: Pick<JobRequest, "options" | "metrics">,
): Job | null {
  const { source, symbol, exchange } = dataset;
  const bars = window === null ? all : cut(all, window);
  if (bars.time.length === 0) return null;
  const intervalNamed = namesInterval(dataset);
  const interval =
    window === null
      ? dataset.interval
      : intervalIn(intervalNamed ? dataset.interval : null, bars, asked);
  const setting = settingOf(strategy, { symbol, exchange, interval, bars }, options, metrics);
  const series = { source, exchange, symbol, interval, intervalNamed, asked, fingerprint };
  return { strategy, series, window, setting, rung: null };
}

/** A job over the first bars of another. */
export function shortened(job: Job, bars: number, rung: number, options: BacktestOptions): Job {
  const all = job.setting.bars;
  if (bars >= all.time.length) return { ...job, rung };
  const first = sliceBars(all, 0, bars);
  const interval = intervalIn(
    job.series.intervalNamed ? job.series.interval : null,
    first,
    job.series.asked,
  );
  const series = { ...job.series, interval };
  const { metrics = null } = job.setting;
  const setting = settingOf(job.strategy, { ...series, bars: first }, options, metrics);
  const window = { from: job.window?.from ?? all.time[0]!, to: all.time[bars]! };
  return { ...job, series, setting, window, rung };
}

/** Bars of a window, as views. */
export function cut(bars: Bars, { from, to }: Window): Bars {
  return sliceBars(bars, lowerBound(bars.time, from), lowerBound(bars.time, to));
}

function lowerBound(time: Float64Array, at: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The part of a dataset that lies in a window, as a file cut to it would be. */
export function cutDataset(dataset: Dataset, window: Window, asked: Interval | null): Dataset {
  const bars = cut(dataset.bars, window);
  const interval = intervalIn(namesInterval(dataset) ? dataset.interval : null, bars, asked);
  return {
    ...dataset,
    ...{ bars, interval, warmup: 0, table: barsToTable(bars), stepMs: modalStep(bars.time) },
    from: bars.time[0] ?? null,
    to: bars.time.at(-1) ?? null,
  };
}

/** Whether the source itself names the interval of a series. */
function namesInterval({ interval, available, symbol }: Dataset): boolean {
  return (
    interval !== null && available.some((one) => one.interval === interval && one.symbol === symbol)
  );
}

/** As a file of these bars would have it: the name that the source gives, else that of their most common step, else what was asked for. */
function intervalIn(named: Interval | null, bars: Bars, asked: Interval | null): Interval | null {
  if (named !== null) return named;
  const step = modalStep(bars.time);
  return step === null ? asked : intervalOfStep(step);
}

/** What a backtest with these options would run with. */
function settingOf(
  { program }: SweptStrategy,
  dataset: Pick<Dataset, "symbol" | "exchange" | "interval" | "bars">,
  options: BacktestOptions,
  metrics: SweepSetting["metrics"] | null,
): SweepSetting {
  const { bars, interval } = dataset;
  const step = interval === null ? modalStep(bars.time) : intervalMs(interval);
  const { params: fixed, ...rest } = options;
  const asked = { ...rest, start: 0, ...(step === null ? {} : { stepMs: step }) };
  const paper = isScriptProgram(program) ? null : program.paperRun;
  const { settings, annual } = setUpRun(asked, paper, bars.time);
  const problems = checkSettings(settings);
  if (!isScriptProgram(program) && ticksAreMissing(program.plan, settings))
    problems.push(diagnose("exit_without_tick", {}));
  if (problems.length > 0) throw new SwymcError(problems);
  const all = { bars, settings, annual, ...(metrics && { metrics }) };
  if (!isScriptProgram(program)) return all;
  const script = scriptRunOptions(dataset, {
    ...asked,
    ...(fixed === undefined ? {} : { params: fixed }),
  });
  return { ...all, script };
}
