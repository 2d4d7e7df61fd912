import { TopTrials, type TrialRecord } from "../sweep/online/top-trials.ts";
import { runBatches } from "../sweep/run/run-batches.ts";
import { RUNGS, stageCount } from "../sweep/run/stages.ts";
import type { SweepPlan } from "../sweep/run/sweep-plan.ts";
import type { SweepProgress } from "../sweep/run-sweep.ts";

export interface ChooseOptions {
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SweepProgress) => void) | undefined;
}

export interface Choice {
  /** Of each job; null where no trial has an objective. */
  readonly best: readonly (TrialRecord | null)[];
  readonly trials: number;
}

/** The best trial of each job of a plan, in memory that does not depend on their number; null where it was stopped. */
export async function chooseBest(plan: SweepPlan, options: ChooseOptions): Promise<Choice | null> {
  const { threads, signal, onProgress } = options;
  const tops = plan.jobs.map(() => new TopTrials(plan.objective, 1));
  const stages = stageCount(plan.jobs.length, plan.search);
  let trials = 0;
  for await (const batch of runBatches(plan, { threads, signal })) {
    const job = plan.search === "halving" ? Math.floor(batch.stage / RUNGS) : batch.stage;
    tops[job]!.take(batch);
    trials += batch.count;
    onProgress?.({ trials, share: (batch.stage + batch.progress) / stages, stored: 0 });
  }
  if (signal?.aborted) return null;
  return { best: tops.map((top) => top.trials()[0] ?? null), trials };
}
