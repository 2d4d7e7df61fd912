import type { Job } from "../jobs/job.ts";
import { shortened } from "../jobs/make-jobs.ts";
import { BestRows } from "../online/best-rows.ts";
import { listSource, type TrialSource, trialSource } from "../space/trial-source.ts";
import type { Batch } from "./batch.ts";
import type { SweepPlan } from "./sweep-plan.ts";

/** Trials of one job, in order. */
export interface Stage {
  readonly job: Job;
  readonly source: TrialSource;
  /** About how many trials. */
  readonly count: number;
  /** Takes in what came of them. */
  readonly record: (batch: Batch) => void;
}

/** Rungs of a successive halving. */
export const RUNGS = 3;
/** Which share of the trials goes on to the next rung, and by which factor its bars grow. */
export const ETA = 3;

/** Trials of each rung, for a number of trials on the first. */
export function rungCounts(first: number): number[] {
  return Array.from({ length: RUNGS }, (_, rung) => Math.max(1, Math.floor(first / ETA ** rung)));
}

/** Bars of each rung, for all bars of a job. */
export function rungBars(bars: number): number[] {
  return Array.from({ length: RUNGS }, (_, rung) =>
    Math.max(1, Math.ceil(bars / ETA ** (RUNGS - 1 - rung))),
  );
}

/** How many stages a sweep of so many jobs has. */
export function stageCount(jobs: number, search: SweepPlan["search"]): number {
  return search === "halving" ? jobs * RUNGS : jobs;
}

/** The job of a stage by its number. */
export function stageJob(plan: Pick<SweepPlan, "jobs" | "search" | "options">, stage: number): Job {
  if (plan.search !== "halving") return plan.jobs[stage]!;
  const job = plan.jobs[Math.floor(stage / RUNGS)]!;
  const rung = stage % RUNGS;
  const bars = rungBars(job.setting.bars.time.length)[rung]!;
  return shortened(job, bars, rung + 1, plan.options);
}

/** What is run, one after the other. The stages after the first of a halving are known once the one before has been recorded whole. */
export function* stagesOf(plan: SweepPlan): Generator<Stage, void> {
  for (const [k, job] of plan.jobs.entries()) {
    const count = plan.counts[k]!.trials;
    if (plan.search === "halving") yield* halving(plan, k, count);
    else yield { job, source: trialSource(job.strategy.space), count, record: () => {} };
  }
}

/**
 * Successive halving (K. Jamieson, A. Talwalkar: Non-stochastic best arm identification and hyperparameter optimization,
 * 2016) with growing windows: all trials on the first ninth of the bars, the best third of them on the first third, the
 * best third of those on all.
 */
function* halving(plan: SweepPlan, number: number, count: number): Generator<Stage, void> {
  const { space } = plan.jobs[number]!.strategy;
  let source = trialSource(space);
  let trials = count;
  for (let rung = 0; rung < RUNGS; rung++) {
    const kept = Math.max(1, Math.floor(trials / ETA));
    const best = new BestRows(rung === RUNGS - 1 ? 0 : kept, space.params.length);
    let seen = 0;
    yield {
      job: stageJob(plan, number * RUNGS + rung),
      source,
      count: trials,
      record: (batch) => {
        for (let k = 0; k < batch.count; k++)
          best.offer(plan.objective.score(batch, k), batch.params, k);
        seen += batch.count;
      },
    };
    trials = Math.max(1, Math.floor(Math.min(trials, seen) / ETA));
    source = listSource(best.rows(trials), space.params.length);
  }
}
