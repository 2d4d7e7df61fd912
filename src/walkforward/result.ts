import type { Diagnostic } from "../diagnostics/index.ts";
import type { Backtest } from "../program/backtest.ts";
import type { Metrics } from "../stats/metrics.ts";
import { SWEEP_METRICS } from "../sweep/engine/sweep-metrics.ts";
import { writeMetrics } from "../sweep/engine/write-metrics.ts";
import type { TrialRecord } from "../sweep/online/top-trials.ts";
import type { SweepPlan } from "../sweep/run/sweep-plan.ts";
import { shownValue } from "../sweep/space/swept-param.ts";
import { isoTime } from "../vector/iso-time.ts";
import type { BarSpan, Fold } from "./folds.ts";

/** Bars by the times of the first and the last. */
export interface WindowSpan {
  readonly first: string;
  readonly last: string;
  readonly bars: number;
}

/** Metrics on the bars of a window, and what the choice goes by. */
export interface WindowResult {
  readonly objective: number | null;
  readonly metrics: Metrics;
}

export interface WalkForwardWindow {
  /** From 1. */
  readonly window: number;
  readonly train: WindowSpan;
  readonly test: WindowSpan;
  /** Swept parameters of the best in training; null where no trial has an objective. */
  readonly params: Readonly<Record<string, number | string>> | null;
  readonly strategy_id: string | null;
  readonly in_sample: WindowResult | null;
  /** Null where nothing was chosen: nothing is traded then. */
  readonly out_of_sample: WindowResult | null;
}

/** The object that `swymc walkforward --json` prints. */
export interface WalkForward {
  readonly state: "ok";
  readonly objective: { readonly text: string; readonly direction: "max" | "min" };
  readonly anchored: boolean;
  readonly train_share: number;
  /** In bars. */
  readonly embargo: number;
  /** Trials of all windows. */
  readonly trials: number;
  readonly windows: readonly WalkForwardWindow[];
  /** Out of sample over in sample, of the means over the windows; null unless in sample is above 0. */
  readonly efficiency: { readonly objective: number | null; readonly annual_return: number | null };
  /** Test windows with a return above 0. */
  readonly gaining: number;
  /** All test windows as one account. */
  readonly stitched: {
    readonly test: WindowSpan;
    readonly metrics: Metrics;
    readonly metrics_null: Readonly<Record<string, string>>;
    /** Probability that the true Sharpe ratio is above 0: nothing was chosen on these bars. */
    readonly probabilistic_sharpe: number | null;
  };
  readonly warnings: readonly Diagnostic[];
}

/** What came of one window. */
export function windowResult(
  k: number,
  { train, test }: Fold,
  of: {
    readonly plan: SweepPlan;
    readonly best: TrialRecord | null;
    readonly run: Backtest | null;
    readonly time: Float64Array;
  },
): WalkForwardWindow {
  const { plan, best, run, time } = of;
  const { axes, params } = plan.strategies[0]!.space;
  const values = best?.params;
  return {
    window: k + 1,
    train: spanOf(train, time),
    test: spanOf(test, time),
    params: values
      ? Object.fromEntries(
          axes.map(({ name, index }) => [name, shownValue(params[index]!, values[index]!)]),
        )
      : null,
    strategy_id: run?.result.strategy_id ?? null,
    in_sample: best && resultOf(plan, best.metrics),
    out_of_sample: run && resultOf(plan, rowOf(run.result.metrics)),
  };
}

export function spanOf({ from, to }: BarSpan, time: Float64Array): WindowSpan {
  return { first: isoTime(time[from]), last: isoTime(time[to - 1]), bars: to - from };
}

/**
 * Mean out of sample over mean in sample (Pardo 2008, chapter 11). Where nothing was chosen counts as 0 out of sample; windows
 * without a value in sample are left out.
 */
export function efficiency(
  windows: readonly WalkForwardWindow[],
  of: (result: WindowResult, bars: number) => number | null,
): number | null {
  let [inside, outside] = [0, 0];
  for (const { in_sample, out_of_sample, train, test } of windows) {
    const chosen = in_sample && of(in_sample, train.bars);
    if (chosen === null) continue;
    inside += chosen;
    outside += (out_of_sample && of(out_of_sample, test.bars)) ?? 0;
  }
  return inside > 0 ? outside / inside : null;
}

/** As a sweep's row, since an objective may be an expression of its columns. */
function rowOf(metrics: Metrics | null): Float64Array {
  const row = new Float64Array(SWEEP_METRICS.length).fill(Number.NaN);
  if (metrics !== null) writeMetrics(metrics, 0, row);
  return row;
}

function resultOf({ objective }: SweepPlan, metrics: Float64Array): WindowResult {
  const orNull = (value: number) => (Number.isFinite(value) ? value : null);
  const named = SWEEP_METRICS.map((name, m) => [name, orNull(metrics[m]!)] as const);
  return {
    objective: orNull(objective.value({ metrics }, 0)),
    metrics: Object.fromEntries(named) as Metrics,
  };
}
