import { finished, type Steps, type SweepEngine } from "../engine/engine.ts";
import { trialSteps } from "./run-trials.ts";
import type { TaskResult, TrialJob, TrialProblem, TrialTask } from "./task.ts";

/** Makes the engine of a job. */
export type EngineOf = (job: TrialJob) => SweepEngine;

/** How long the event loop waits at most while this thread runs trials, where bars and trials are few at a time. */
const SLICE_MS = 8;

/** Runs tasks in this thread. The engine of the last job is kept: tasks of one job follow each other. */
export class TaskRunner {
  #engine: { readonly id: number; readonly engine: SweepEngine } | null = null;
  #stopped = false;

  run(task: TrialTask, engineOf: EngineOf): TaskResult {
    const begun = performance.now();
    const problem = finished(this.#steps(task, engineOf));
    return { problem, seconds: (performance.now() - begun) / 1000 };
  }

  /** The same between turns of the event loop; fails where the runner is stopped first. */
  async runInTurns(task: TrialTask, engineOf: EngineOf): Promise<TaskResult> {
    let problem: TrialProblem | undefined;
    let busy = 0;
    let steps: Steps<TrialProblem> | null = null;
    while (problem === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#stopped) throw new Error("the sweep has ended");
      const begun = performance.now();
      steps ??= this.#steps(task, engineOf);
      problem = sliceOf(steps, begun + SLICE_MS);
      busy += performance.now() - begun;
    }
    return { problem, seconds: busy / 1000 };
  }

  /** Begins nothing more, and lets go of its memory. */
  stop(): void {
    this.#stopped = true;
    this.release();
  }

  release(): void {
    this.#engine?.engine.release?.();
    this.#engine = null;
  }

  *#steps({ job, rows, count }: TrialTask, engineOf: EngineOf): Steps<TrialProblem> {
    if (this.#engine?.id !== job.id) {
      // Let go of the last engine's memory before the next one is made.
      this.release();
      this.#engine = { id: job.id, engine: engineOf(job) };
    }
    return yield* trialSteps(this.#engine.engine, rows, count, job.setting.metrics);
  }
}

/** What the steps give, undefined where the time is over first. */
function sliceOf<T>(steps: Steps<T>, end: number): T | undefined {
  while (performance.now() < end) {
    const { done, value } = steps.next();
    if (done) return value;
  }
  return undefined;
}
