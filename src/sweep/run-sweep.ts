import { existsSync } from "node:fs";
import { type Diagnostic, diagnose, fail } from "../diagnostics/index.ts";
import { SWEEP_METRICS } from "./engine/sweep-metrics.ts";
import type { HeatGrid } from "./heatmap/heat-grid.ts";
import { claim } from "./journal/claim.ts";
import { Journal } from "./journal/journal.ts";
import { removeLeftovers } from "./journal/leftovers.ts";
import { TDigest } from "./online/t-digest.ts";
import { TopTrials, type TrialRecord } from "./online/top-trials.ts";
import { type ResultColumn, type RowChunk, rowLayout } from "./rows/columns.ts";
import type { Metadata } from "./rows/metadata.ts";
import { rowSlices } from "./rows/row-slices.ts";
import { checkResultsPath, writeResults } from "./rows/write-results.ts";
import type { Batch } from "./run/batch.ts";
import { changesBetween, manifestKey } from "./run/manifest.ts";
import { type RunBatch, runBatches, StoredMismatch } from "./run/run-batches.ts";
import { stageCount, stageJob } from "./run/stages.ts";
import type { SweepPlan } from "./run/sweep-plan.ts";
import { STATES } from "./run/task.ts";

export interface SweepRunOptions {
  readonly threads: number;
  /** Results go there; its format is that of its ending. */
  readonly out: string | null;
  /** Continue the sweep that a journal beside `out` tells of, where there is one. */
  readonly resume: boolean;
  readonly top: number;
  readonly heat: HeatGrid | null;
  readonly signal?: AbortSignal;
  /** Kept with the results. */
  readonly command: readonly string[] | null;
  readonly batch?: number;
  readonly onProgress?: (progress: SweepProgress) => void;
  /** Takes in the rows too, once they are in `out`. */
  readonly keep?: (rows: SweepRows) => Promise<void>;
}

/** The rows of a sweep that ended, and what they came to. */
export interface SweepRows {
  readonly columns: readonly ResultColumn[];
  readonly chunks: Iterable<RowChunk>;
  readonly metadata: Metadata;
  readonly outcome: SweepOutcome;
}

export interface SweepProgress {
  readonly trials: number;
  /** Share of all work, 0 to 1. */
  readonly share: number;
  /** Trials that an earlier run had done. */
  readonly stored: number;
}

/** What came of a sweep, in memory that does not depend on the number of trials. */
export interface SweepOutcome {
  readonly trials: number;
  readonly complete: boolean;
  /** Trials that an earlier run had done. */
  readonly stored: number;
  readonly top: readonly TrialRecord[];
  /** Of the objective, over the trials where it is defined. */
  readonly objective: TDigest;
  /** Trials with a return above 0. */
  readonly gaining: number;
  readonly withoutTrades: number;
  readonly warnings: readonly Diagnostic[];
}

/** Where the journal of an unfinished sweep lies. */
export function journalPath(out: string): string {
  return `${out}.part`;
}

/**
 * Runs a plan: trials in order, each batch first into the journal, then into what is kept in memory; at the end, or where it
 * is stopped, the journal becomes the file of results.
 */
export async function runSweep(plan: SweepPlan, options: SweepRunOptions): Promise<SweepOutcome> {
  const { out } = options;
  if (out === null) return collect(plan, options, null);
  checkResultsPath(out);
  const release = claim(out);
  try {
    const journal = openJournal(plan, out, options.resume);
    removeLeftovers(out);
    try {
      const outcome = await collect(plan, options, journal);
      await writeJournal(plan, journal, out, options, outcome);
      if (outcome.complete) journal.remove();
      return outcome;
    } finally {
      journal.close();
    }
  } finally {
    release();
  }
}

function openJournal(plan: SweepPlan, out: string, resume: boolean): Journal {
  const path = journalPath(out);
  if (!existsSync(path)) return Journal.create(path, plan.manifest);
  if (!resume) fail("sweep_unfinished", { path });
  const journal = Journal.open(path);
  if (journal === null) return Journal.create(path, plan.manifest);
  const changes = changesBetween(journal.manifest, JSON.parse(JSON.stringify(plan.manifest)));
  if (changes.length > 0) {
    journal.close();
    fail("sweep_changed", { path, changes });
  }
  return journal;
}

async function collect(
  plan: SweepPlan,
  options: SweepRunOptions,
  journal: Journal | null,
): Promise<SweepOutcome> {
  const { signal, batch, threads } = options;
  const tally = new Tally(plan, options);
  try {
    const batches = runBatches(plan, {
      ...{ threads, batch, signal },
      done: journal?.batches() ?? [],
    });
    for await (const one of batches) {
      if (!one.stored) journal?.append(one);
      tally.take(one);
    }
  } catch (error) {
    if (!(error instanceof StoredMismatch) || journal === null) throw error;
    fail("sweep_journal", { path: journal.path, reason: error.message });
  }
  return tally.outcome(signal?.aborted !== true);
}

class Tally {
  readonly #plan: SweepPlan;
  readonly #options: SweepRunOptions;
  readonly #top: TopTrials;
  readonly #digest = new TDigest();
  #trials = 0;
  #stored = 0;
  #gaining = 0;
  #withoutTrades = 0;
  #failed = 0;
  #problem: Diagnostic | null = null;

  constructor(plan: SweepPlan, options: SweepRunOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#top = new TopTrials(plan.objective, options.top);
  }

  take(batch: RunBatch): void {
    const { objective, search } = this.#plan;
    this.#top.take(batch);
    this.#options.heat?.take(batch);
    for (let k = 0; k < batch.count; k++) {
      this.#digest.add(objective.value(batch, k));
      if (batch.metrics[k * SWEEP_METRICS.length + RETURN]! > 0) this.#gaining++;
      if (batch.states[k] === NO_TRADES) this.#withoutTrades++;
      if (batch.states[k] === ERROR) this.#failed++;
    }
    this.#problem ??= batch.problem;
    this.#trials += batch.count;
    if (batch.stored) this.#stored += batch.count;
    const stages = stageCount(this.#plan.jobs.length, search);
    this.#options.onProgress?.({
      trials: this.#trials,
      share: (batch.stage + batch.progress) / stages,
      stored: this.#stored,
    });
  }

  outcome(complete: boolean): SweepOutcome {
    const first = this.#problem?.message ?? "in an earlier run";
    const failed =
      this.#failed === 0 ? [] : [diagnose("sweep_trials_failed", { count: this.#failed, first })];
    return {
      trials: this.#trials,
      complete,
      stored: this.#stored,
      top: this.#top.trials(),
      objective: this.#digest,
      gaining: this.#gaining,
      withoutTrades: this.#withoutTrades,
      warnings: [...this.#plan.warnings, ...failed],
    };
  }
}

const RETURN = SWEEP_METRICS.indexOf("total_return");
const NO_TRADES = STATES.indexOf("no_trades");
const ERROR = STATES.indexOf("error");

async function writeJournal(
  plan: SweepPlan,
  journal: Journal,
  out: string,
  { command, keep }: SweepRunOptions,
  outcome: SweepOutcome,
): Promise<void> {
  const layout = rowLayout(plan);
  const { trials, complete } = outcome;
  const metadata: Metadata = {
    kind: "swymc-sweep",
    ...{ command, manifest: plan.manifest, key: manifestKey(plan.manifest), trials, complete },
    planned: plan.total.trials,
  };
  await writeResults(out, layout.columns, chunks(), metadata);
  await keep?.({ columns: layout.columns, chunks: chunks(), metadata, outcome });

  function* chunks() {
    const jobs = new Map<number, Batch["job"]>();
    let first = 1;
    for (const stored of journal.batches()) {
      const job = jobs.get(stored.stage) ?? stageJob(plan, stored.stage);
      jobs.clear();
      jobs.set(stored.stage, job);
      for (const slice of rowSlices({ ...stored, job, first, problem: null })) {
        yield layout.chunk(slice);
      }
      first += stored.count;
    }
  }
}
