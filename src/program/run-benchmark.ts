import { type BarData, type Dataset, datasetFrom, type LoadOptions } from "../data/index.ts";
import { type Diagnostic, diagnose, fail, SwymcError } from "../diagnostics/index.ts";
import type { ResultBenchmark } from "../report/index.ts";
import {
  type AnalysedRun,
  alignedCloses,
  barReturns,
  benchmarkStatistics,
  buyAndHoldReturns,
} from "../stats/analysis/index.ts";

/** What a run is measured against: the asset itself, held, or the bars of something else, by the name it is to have. */
export type BenchmarkChoice =
  | "buy_and_hold"
  | { readonly name: string; readonly data: Dataset | BarData };

/** A benchmark beside a run. */
export interface RunBenchmark {
  /** What it is called in tables and charts. */
  readonly name: string;
  /** Its close as of each bar of the run. */
  readonly close: Float64Array;
  readonly result: ResultBenchmark;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Measures a run against a benchmark, bought at its close of the run's first bar and held, without costs. Bars without
 * one of its own keep its last close; those before its first bar have that one's close, and return nothing.
 * Throws where the benchmark has no bar of the run's, or bars of another interval.
 */
export function measureBenchmark(
  choice: BenchmarkChoice,
  run: AnalysedRun,
  stepMs: number | null,
  { interval, from, to }: LoadOptions,
): RunBenchmark {
  if (choice === "buy_and_hold") {
    const close = run.close.subarray(run.firstBar);
    return {
      name: "Buy and hold",
      close,
      result: { name: choice, source: null, bars_missing: 0, metrics: statisticsOf(run, close) },
      warnings: [],
    };
  }
  const { name, data } = choice;
  const dataset = "state" in data ? data : datasetFrom(data, { interval, from, to });
  if (dataset.reason !== null) throw new SwymcError([dataset.reason]);
  if (stepMs !== null && dataset.stepMs !== null && stepMs !== dataset.stepMs)
    fail("benchmark_interval", { name, seconds: dataset.stepMs / 1000, own: stepMs / 1000 });
  const time = run.time.subarray(run.firstBar);
  const { close, missing } = alignedCloses(time, dataset.bars);
  if (missing === time.length) fail("benchmark_elsewhere", { name });
  return {
    name,
    close,
    result: {
      name,
      source: dataset.source,
      bars_missing: missing,
      metrics: statisticsOf(run, close),
    },
    warnings:
      missing === 0 ? [] : [diagnose("benchmark_gaps", { name, missing, bars: time.length })],
  };
}

function statisticsOf(run: AnalysedRun, close: Float64Array) {
  return benchmarkStatistics(barReturns(run.equity, run.cash), buyAndHoldReturns(close), run);
}
