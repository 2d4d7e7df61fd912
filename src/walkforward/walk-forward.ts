import { availableParallelism } from "node:os";
import { type Dataset, loadDataset } from "../data/index.ts";
import { type Diagnostic, diagnose, SwymcError } from "../diagnostics/index.ts";
import { type Backtest, backtest, loadOptionsOf } from "../program/backtest.ts";
import type { Program } from "../program/program.ts";
import type { ScriptProgram } from "../program/script-program.ts";
import { barReturns } from "../stats/analysis/index.ts";
import { probabilisticSharpe, sharpeEstimate } from "../stats/validation/index.ts";
import { cutDataset } from "../sweep/jobs/make-jobs.ts";
import { planSweep } from "../sweep/plan-sweep.ts";
import type { SweepPlan } from "../sweep/run/sweep-plan.ts";
import type { SweepOptions, SweepSpace } from "../sweep/sweep.ts";
import { type Choice, type ChooseOptions, chooseBest } from "./choose.ts";
import { type Fold, foldsOf } from "./folds.ts";
import { efficiency, spanOf, type WalkForward, windowResult } from "./result.ts";
import { rowParams } from "./row-params.ts";
import { longestWarmup } from "./space-warmup.ts";
import { stitch, type TestRun } from "./stitch.ts";

export interface WalkForwardOptions
  extends Omit<SweepOptions, "symbols" | "intervals" | "windows" | "batch"> {
  /** 5 unless given. */
  readonly windows?: number;
  /** Train from the first bar in every window, instead of on a span that moves along. */
  readonly anchored?: boolean;
  /** Share of a window that is trained on; 0.7 unless given. */
  readonly trainShare?: number;
  /** Bars left out between training and test; the longest warm-up in the space unless given. */
  readonly embargo?: number;
  readonly onProgress?: ChooseOptions["onProgress"];
  /** Told before the first trial. */
  readonly onPlan?: (total: SweepPlan["total"]) => void;
}

export interface WalkForwardStrategy {
  readonly name: string;
  readonly program: Program | ScriptProgram;
}

/** With what is too long for a result. */
export interface WalkForwardRun {
  readonly result: WalkForward;
  readonly dataset: Dataset;
  /** Stitched, one value per bar from `firstBar` of the dataset on. */
  readonly equity: Float64Array;
  readonly firstBar: number;
  /** The backtest of each test window; null where nothing was chosen. */
  readonly runs: readonly (Backtest | null)[];
}

/**
 * Chooses parameters on the training bars of each window and holds them to the bars that follow (SEMANTICS §5.11).
 *
 *     bars → windows → sweep of each training → best → backtest of each test → stitched account
 *
 * Each test begins without a position and with the same cash, after its indicators have seen its own training bars.
 * Throws a SwymcError before any trial where the space is empty or there are too few bars; null where it was stopped.
 */
export async function walkForward(
  strategy: WalkForwardStrategy,
  data: string | Dataset,
  space: SweepSpace,
  options: WalkForwardOptions = {},
): Promise<WalkForwardRun | null> {
  const setting = settingsOf(options);
  const dataset = await loaded(strategy, data, setting.run);
  const { plan, folds, embargo } = await planned(strategy, dataset, space, setting);
  options.onPlan?.(plan.total);
  const choice = await chooseBest(plan, setting.choose);
  if (choice === null) return null;
  const { program } = plan.strategies[0]!;
  const runs = folds.map((fold, k) => {
    const best = choice.best[k]!;
    if (best === null) return null;
    const params = rowParams(program, setting.run.params ?? {}, best.params);
    return backtest(program, testDataset(dataset, fold), { ...setting.run, params });
  });
  return assembled({ plan, folds, embargo, choice, runs, dataset, setting });
}

type Settings = ReturnType<typeof settingsOf>;

function settingsOf(options: WalkForwardOptions) {
  const { windows = 5, anchored = false, trainShare = 0.7, embargo, ...others } = options;
  const { threads, signal, engine, objective, onProgress, onPlan: _, ...run } = others;
  return {
    folds: { windows, anchored, trainShare },
    embargo,
    choose: { threads: threads ?? availableParallelism(), signal, onProgress },
    sweep: { engine, objective },
    run,
  };
}

async function loaded(
  { program }: WalkForwardStrategy,
  data: string | Dataset,
  options: Settings["run"],
): Promise<Dataset> {
  const dataset =
    typeof data === "string" ? await loadDataset(data, loadOptionsOf(program, options)) : data;
  if (dataset.state !== "ok" && dataset.reason !== null) throw new SwymcError([dataset.reason]);
  return dataset;
}

/** Windows, and a sweep that has the training of each as a job. */
async function planned(
  strategy: WalkForwardStrategy,
  dataset: Dataset,
  space: SweepSpace,
  { folds: shape, embargo: asked, sweep, run }: Settings,
) {
  const request = { ...space, ...sweep, strategies: [strategy], sources: [dataset], options: run };
  const [opened] = (await planSweep(request)).strategies;
  const embargo = asked ?? longestWarmup(opened!.program, opened!.space, run.params ?? {}) ?? 0;
  const { time } = dataset.bars;
  const folds = foldsOf(time.length, { ...shape, embargo });
  const windows = folds.map(({ train }) => ({ from: time[train.from]!, to: time[train.to]! }));
  return { plan: await planSweep({ ...request, windows }), folds, embargo };
}

/** A test with its own training before it, on which nothing is traded. */
function testDataset(dataset: Dataset, { train, test }: Fold): Dataset {
  const { time } = dataset.bars;
  const to = time[test.to] ?? Number.POSITIVE_INFINITY;
  const cut = cutDataset(dataset, { from: time[train.from]!, to }, dataset.interval);
  return { ...cut, warmup: test.from - train.from, from: time[test.from]! };
}

function assembled(parts: {
  readonly plan: SweepPlan;
  readonly folds: readonly Fold[];
  readonly embargo: number;
  readonly choice: Choice;
  readonly runs: readonly (Backtest | null)[];
  readonly dataset: Dataset;
  readonly setting: Settings;
}): WalkForwardRun {
  const { plan, folds, embargo, choice, runs, dataset, setting } = parts;
  const { time, close } = dataset.bars;
  const firstBar = folds[0]!.test.from;
  const tests = folds.map(({ test }, k): TestRun => ({ run: runs[k]!, bars: test.to - test.from }));
  const { settings, annual } = plan.jobs[0]!.setting;
  const {
    cash,
    barsPerYear: year,
    riskFreeReturn,
  } = runs.find((run) => run !== null)?.run ?? { ...annual, cash: settings.cash };
  const money = { cash, barsPerYear: year, riskFreeReturn };
  const stitched = stitch(tests, { ...money, close: close.subarray(firstBar) });
  const { equity, metrics, metrics_null } = stitched;
  const estimate = sharpeEstimate(barReturns(equity, cash), riskFreeReturn / year);
  const windows = folds.map((fold, k) =>
    windowResult(k, fold, { plan, best: choice.best[k]!, run: runs[k]!, time }),
  );
  const result: WalkForward = {
    state: "ok",
    objective: { text: plan.objective.text, direction: plan.objective.direction },
    anchored: setting.folds.anchored,
    train_share: setting.folds.trainShare,
    embargo,
    trials: choice.trials,
    windows,
    efficiency: {
      objective: efficiency(windows, ({ objective }) => objective),
      annual_return: efficiency(
        windows,
        ({ metrics }, bars) => ((metrics.total_return ?? 0) * year) / bars,
      ),
    },
    gaining: windows.filter((one) => (one.out_of_sample?.metrics.total_return ?? 0) > 0).length,
    stitched: {
      test: spanOf({ from: firstBar, to: time.length }, time),
      ...{ metrics, metrics_null },
      probabilistic_sharpe: estimate && probabilisticSharpe(estimate),
    },
    warnings: [...plan.warnings, ...unchosen(plan, choice)],
  };
  return { result, dataset, equity, firstBar, runs };
}

function unchosen({ objective }: SweepPlan, { best }: Choice): Diagnostic[] {
  const windows = best.flatMap((one, k) => (one === null ? [k + 1] : []));
  return windows.length === 0
    ? []
    : [diagnose("walkforward_unchosen", { windows, objective: objective.text })];
}
