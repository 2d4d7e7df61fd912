import { createEngine } from "../engine/create-engine.ts";
import type { SweepEngine } from "../engine/engine.ts";
import { runTrials } from "./run-trials.ts";
import { programOf, type TaskJob, type TrialProblem, type TrialTask } from "./task.ts";

/** Runs tasks in this thread. The engine of the last job is kept: tasks of one job follow each other. */
export function taskRunner(): (task: TrialTask) => TrialProblem {
  let prepared: { readonly id: number; readonly engine: SweepEngine } | null = null;
  return ({ job, rows, count }) => {
    if (prepared?.id !== job.id) {
      // Let go of the last engine's memory before the next one is made.
      prepared = null;
      prepared = { id: job.id, engine: engineOf(job) };
    }
    return runTrials(prepared.engine, rows, count);
  };
}

export function engineOf({ strategy, setting, engine }: TaskJob): SweepEngine {
  return createEngine(programOf(strategy), setting, engine);
}
