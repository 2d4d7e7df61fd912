import type { SweepEngine } from "../engine/engine.ts";
import { runTrials } from "./run-trials.ts";
import type { TaskResult, TrialJob, TrialTask } from "./task.ts";

/** Makes the engine of a job. */
export type EngineOf = (job: TrialJob) => SweepEngine;

/** Runs tasks in this thread. The engine of the last job is kept: tasks of one job follow each other. */
export class TaskRunner {
  #engine: { readonly id: number; readonly engine: SweepEngine } | null = null;

  run({ job, rows, count }: TrialTask, engineOf: EngineOf): TaskResult {
    const begun = performance.now();
    if (this.#engine?.id !== job.id) {
      // Let go of the last engine's memory before the next one is made.
      this.release();
      this.#engine = { id: job.id, engine: engineOf(job) };
    }
    const problem = runTrials(this.#engine.engine, rows, count, job.setting.metrics);
    return { problem, seconds: (performance.now() - begun) / 1000 };
  }

  release(): void {
    this.#engine?.engine.release?.();
    this.#engine = null;
  }
}
