import type { BarData, Dataset } from "../data/index.ts";
import { fail } from "../diagnostics/index.ts";
import type { BacktestOptions } from "../program/backtest.ts";
import type { Program } from "../program/program.ts";
import type { ScriptProgram } from "../program/script-program.ts";
import type { Interval } from "../vector/interval.ts";
import type { EngineChoice } from "./engine/engine.ts";
import type { SweptStrategy } from "./jobs/job.ts";
import { makeJobs } from "./jobs/make-jobs.ts";
import { checkNamedOnce } from "./jobs/named-once.ts";
import type { Window } from "./jobs/windows.ts";
import { chosenMetrics, neededMetrics } from "./online/chosen-metrics.ts";
import { readObjective } from "./online/objective.ts";
import { type Manifest, manifestOf } from "./run/manifest.ts";
import { rungCounts } from "./run/stages.ts";
import type { Search, SweepPlan } from "./run/sweep-plan.ts";
import { buildSpaces } from "./space/build-space.ts";
import { countTrials, type TrialCount } from "./space/count-trials.ts";
import type { ValuesInput } from "./space/parse-values.ts";
import type { Sampling } from "./space/space.ts";

/** A sweep as it is asked for. */
export interface SweepRequest {
  readonly strategies: readonly {
    readonly name: string;
    readonly program: Program | ScriptProgram;
    /** Its text, kept with the results. */
    readonly text?: string | undefined;
  }[];
  /** Paths, datasets that are loaded, or bars in memory. */
  readonly sources: readonly (string | Dataset | BarData)[];
  readonly symbols?: readonly string[] | undefined;
  readonly intervals?: readonly Interval[] | undefined;
  readonly windows?: readonly Window[] | undefined;
  readonly params?: Readonly<Record<string, ValuesInput | null>> | undefined;
  readonly where?: string | readonly string[] | undefined;
  readonly search?: Search | undefined;
  readonly samples?: number | undefined;
  readonly seed?: number | undefined;
  readonly objective?: string | undefined;
  /** Names of the metrics that rows are to have; all unless given. */
  readonly metrics?: readonly string[] | undefined;
  readonly engine?: EngineChoice | undefined;
  /** As of a backtest. */
  readonly options?: BacktestOptions | undefined;
}

/** Most trials of a whole sweep. */
const MAX_TOTAL = 1_000_000_000;
/** Most candidates of a halving: the best third of them is kept in memory. */
const MAX_CANDIDATES = 10_000_000;

/**
 * Everything that has to be right before the first trial is run.
 *
 *     strategies → spaces → counts → bars → jobs → plan
 *
 * Throws a SwymcError for a space that is empty, endless or too large, for unknown names, and for missing data.
 */
export async function planSweep(request: SweepRequest): Promise<SweepPlan> {
  const { search = "grid", samples = null, seed = 0, options = {} } = request;
  const objective = readObjective(request.objective ?? "sharpe");
  const metrics = chosenMetrics(request.metrics, objective);
  const sampling = samplingOf(search, samples, seed);
  checkNamedOnce(request);
  const spaces = buildSpaces(
    request.strategies.map(({ program }) => program),
    { params: request.params ?? {}, where: request.where ?? [], sampling },
    options.params,
  );
  const counted = spaces.map(({ space }) => countTrials(space));
  const strategies: SweptStrategy[] = spaces.map((one, k) => ({
    ...one,
    name: request.strategies[k]!.name,
  }));
  if (search === "halving") checkCandidates(counted);
  const { jobs, warnings } = await makeJobs({
    strategies,
    sources: request.sources,
    symbols: request.symbols ?? [undefined],
    intervals: request.intervals ?? [undefined],
    windows: request.windows ?? null,
    metrics: metrics && neededMetrics(metrics),
    options,
  });
  const counts = jobs.map(({ strategy }) => counted[strategies.indexOf(strategy)]!);
  const total = totalOf(counts, search);
  if (total.trials > MAX_TOTAL) fail("sweep_too_large", { count: total.trials, limit: MAX_TOTAL });
  const parts = {
    ...{ strategies, jobs, options, search, samples, metrics },
    texts: request.strategies.map(({ text }) => text ?? null),
    seed: sampling.kind === "grid" ? null : seed,
    objective: objective.text,
  };
  let manifest: Manifest | null = null;
  return {
    ...{ strategies, jobs, search, objective, metrics, options, counts, total, warnings },
    engine: request.engine ?? "auto",
    get manifest() {
      manifest ??= manifestOf(parts);
      return manifest;
    },
  };
}

function samplingOf(search: Search, samples: number | null, seed: number): Sampling {
  if (samples === null) {
    if (search === "grid" || search === "halving") return { kind: "grid" };
    return fail("sweep_samples", { search });
  }
  if (!Number.isSafeInteger(samples) || samples < 1) {
    const expected = "a whole number from 1";
    return fail("sweep_option", { option: "--samples", value: String(samples), expected });
  }
  if (search === "grid") {
    const expected = "no --samples with grid; name a --search: random, lhs, sobol or halving";
    return fail("sweep_option", { option: "--samples", value: String(samples), expected });
  }
  return { kind: search === "halving" ? "random" : search, samples, seed };
}

function checkCandidates(counted: readonly TrialCount[]): void {
  const most = Math.max(...counted.map(({ trials }) => trials));
  if (most > MAX_CANDIDATES) fail("sweep_too_large", { count: most, limit: MAX_CANDIDATES });
}

function totalOf(counts: readonly TrialCount[], search: Search): TrialCount {
  const trials = (first: number) =>
    search === "halving" ? rungCounts(first).reduce((sum, count) => sum + count, 0) : first;
  return {
    trials: counts.reduce((sum, count) => sum + trials(count.trials), 0),
    exact: counts.every(({ exact }) => exact),
  };
}
