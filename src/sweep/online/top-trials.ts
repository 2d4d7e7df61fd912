import { SWEEP_METRICS } from "../engine/sweep-metrics.ts";
import type { Job } from "../jobs/job.ts";
import type { Batch } from "../run/batch.ts";
import { RUNGS } from "../run/stages.ts";
import { STATES, type TrialState } from "../run/task.ts";
import type { Objective } from "./objective.ts";

/** One trial, kept. */
export interface TrialRecord {
  /** From 1, as rows have it. */
  readonly trial: number;
  readonly job: Job;
  readonly params: Float64Array;
  /** In the order of SWEEP_METRICS. */
  readonly metrics: Float64Array;
  readonly state: TrialState;
  /** Of the objective; NaN where undefined. */
  readonly value: number;
}

/** Row `k` of a batch on its own. */
export function recordOf(batch: Batch, k: number, value: number): TrialRecord {
  const width = batch.params.length / batch.count;
  return {
    trial: batch.first + k,
    job: batch.job,
    params: batch.params.slice(k * width, (k + 1) * width),
    metrics: batch.metrics.slice(k * SWEEP_METRICS.length, (k + 1) * SWEEP_METRICS.length),
    state: STATES[batch.states[k]!]!,
    value,
  };
}

/** The best trials by the objective, the best first; of equal ones the earlier. Only the last rung of a halving counts. */
export class TopTrials {
  readonly #objective: Objective;
  readonly #size: number;
  #best: { score: number; record: TrialRecord }[] = [];

  constructor(objective: Objective, size: number) {
    this.#objective = objective;
    this.#size = size;
  }

  take(batch: Batch): void {
    if (this.#size === 0 || (batch.job.rung !== null && batch.job.rung < RUNGS)) return;
    for (let k = 0; k < batch.count; k++) {
      const score = this.#objective.score(batch, k);
      if (Number.isNaN(score)) continue;
      const last = this.#best.at(-1);
      if (this.#best.length === this.#size && score <= last!.score) continue;
      this.#insert(score, recordOf(batch, k, this.#objective.value(batch, k)));
    }
  }

  trials(): TrialRecord[] {
    return this.#best.map(({ record }) => record);
  }

  #insert(score: number, record: TrialRecord): void {
    let low = 0;
    let high = this.#best.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#best[middle]!.score >= score) low = middle + 1;
      else high = middle;
    }
    this.#best.splice(low, 0, { score, record });
    if (this.#best.length > this.#size) this.#best.pop();
  }
}
