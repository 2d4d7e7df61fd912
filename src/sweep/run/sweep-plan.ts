import type { Diagnostic } from "../../diagnostics/index.ts";
import type { BacktestOptions } from "../../program/backtest.ts";
import type { EngineChoice } from "../engine/engine.ts";
import type { SweepMetric } from "../engine/sweep-metrics.ts";
import type { Job, SweptStrategy } from "../jobs/job.ts";
import type { Objective } from "../online/objective.ts";
import type { TrialCount } from "../space/count-trials.ts";
import type { Manifest } from "./manifest.ts";

/** How a space is searched. */
export type Search = "grid" | "random" | "lhs" | "sobol" | "halving";

/** All that is to be run, checked, before anything is. */
export interface SweepPlan {
  readonly strategies: readonly SweptStrategy[];
  /** Strategies outermost, then series, then windows. */
  readonly jobs: readonly Job[];
  readonly search: Search;
  readonly objective: Objective;
  /** The metrics of rows in their order; null: all. */
  readonly metrics: readonly SweepMetric[] | null;
  readonly engine: EngineChoice;
  readonly options: BacktestOptions;
  /** Trials of each job's space; of a halving, of its first rung. */
  readonly counts: readonly TrialCount[];
  /** Of all jobs and rungs. */
  readonly total: TrialCount;
  /** What the results depend on, with the SHA-256 of the bars: made when it is asked for. */
  readonly manifest: Manifest;
  readonly warnings: readonly Diagnostic[];
}
