import type { Diagnostic } from "../../diagnostics/index.ts";
import type { Job } from "../jobs/job.ts";

/** Trials that have been run: rows of parameters and of metrics. */
export interface Batch {
  readonly job: Job;
  /** Number of its stage, from 0. */
  readonly stage: number;
  /** Number of its first trial in the sweep, from 1. */
  readonly first: number;
  readonly count: number;
  /** `count` rows of the job's parameters. */
  readonly params: Float64Array;
  /** `count` rows of metrics in the order of SWEEP_METRICS; NaN where undefined. */
  readonly metrics: Float64Array;
  /** Places in STATES. */
  readonly states: Uint8Array;
  readonly problem: Diagnostic | null;
}
