import { isScriptProgram } from "../../program/script-program.ts";
import type { Batch } from "./batch.ts";
import { BatchSize } from "./batch-size.ts";
import { guessedRate } from "./guessed-rate.ts";
import { openPool, type Pool } from "./pool.ts";
import { gather, rowsOfShare, type Share, sharesOf, spread } from "./shares.ts";
import { rowsOf, type Slot, Slots } from "./slots.ts";
import { type Stage, stagesOf } from "./stages.ts";
import type { SweepPlan } from "./sweep-plan.ts";
import { STATES, type TaskResult, type TrialJob } from "./task.ts";

export interface RunOptions {
  readonly threads: number;
  /** Batches of an earlier run of this plan, in order: they are taken as done. */
  readonly done?: Iterable<StoredBatch>;
  readonly signal?: AbortSignal | undefined;
  /** Most trials of a batch; by the speed of the last ones unless given. */
  readonly batch?: number | undefined;
}

/** What is kept of a batch that was run before. */
export type StoredBatch = Pick<Batch, "stage" | "count" | "params" | "metrics" | "states">;

/** A batch, and how much of its stage was gone through when it was handed out. */
export interface RunBatch extends Batch {
  /** Whether it was run before. */
  readonly stored: boolean;
  /** Share of its stage, 0 to 1, that is done with it. */
  readonly progress: number;
}

/** Why stored batches do not belong to a plan. */
export class StoredMismatch extends Error {}

/**
 * Runs the trials of a plan and gives them in order, whatever the number of threads and the size of batches. The threads
 * share each batch. Memory does not grow with the number of trials: at most two batches are under way, and the rows of
 * one are overwritten once the next is asked for.
 */
export async function* runBatches(
  plan: SweepPlan,
  options: RunOptions,
): AsyncGenerator<RunBatch, void> {
  const pool = await openPool(worthwhile(plan, options.threads));
  try {
    yield* new Driver(plan, pool, options).run();
  } finally {
    await pool.close();
  }
}

/** Batches whose rows are in memory at once: those under way, the one that is given, and the next one before it is shared out. */
export function batchesInMemory(threads: number): number {
  return threads === 1 ? 1 : 4;
}

/** Bars times trials below which starting threads takes longer than the work. */
const SMALL = 3e7;
/** How much more work a bar of a script is than one of rules. */
const SCRIPT = 50;

/** One thread for little work, else as many as were asked for. */
function worthwhile({ jobs, counts }: SweepPlan, threads: number): number {
  const work = jobs.reduce((sum, { setting, strategy }, k) => {
    const each = isScriptProgram(strategy.program) ? SCRIPT : 1;
    return sum + each * setting.bars.time.length * counts[k]!.trials;
  }, 0);
  return work < SMALL ? 1 : threads;
}

/** Jobs of this process are numbered: threads outlive a sweep. */
let lastJob = 0;

/** A batch whose trials are run, the rows of each thread's share side by side. */
interface UnderWay {
  readonly stage: Stage;
  readonly slot: Slot;
  readonly shares: readonly Share[];
  readonly batch: Omit<RunBatch, keyof Slot | "problem">;
  /** Of each share. */
  readonly results: Promise<readonly TaskResult[]>;
}

const ERROR = STATES.indexOf("error");

/** The stage whose trials are handed out. */
interface Current {
  readonly stage: Stage;
  readonly number: number;
  readonly job: TrialJob;
  readonly size: BatchSize;
  /** Whether all its trials are. */
  exhausted: boolean;
}

class Driver {
  readonly #plan: SweepPlan;
  readonly #pool: Pool;
  readonly #signal: AbortSignal | undefined;
  readonly #fixed: number | undefined;
  readonly #done: Iterator<StoredBatch>;
  /** Memory that threads write into, and of what is given to the caller. */
  readonly #slots: Slots;
  readonly #given = new Slots(false);
  #current: Current | null = null;
  #underWay: UnderWay[] = [];
  #running = 0;
  #trials = 0;

  constructor(plan: SweepPlan, pool: Pool, { done, signal, batch }: RunOptions) {
    this.#plan = plan;
    this.#pool = pool;
    this.#slots = new Slots(pool.threads > 1);
    this.#signal = signal;
    this.#fixed = batch;
    this.#done = (done ?? [])[Symbol.iterator]();
  }

  async *run(): AsyncGenerator<RunBatch, void> {
    try {
      yield* this.#stages();
    } finally {
      this.#current = null;
    }
  }

  async *#stages(): AsyncGenerator<RunBatch, void> {
    let number = 0;
    let stored = this.#done.next();
    for (const stage of stagesOf(this.#plan)) {
      while (!stored.done && stored.value.stage === number) {
        const batch = this.#replayed(stage, number, stored.value);
        stage.record(batch);
        yield batch;
        stored = this.#done.next();
      }
      yield* this.#stage(stage, number);
      if (this.#signal?.aborted) return;
      // The next rung of a halving is made of all of this one.
      if (this.#plan.search === "halving") yield* this.#finish();
      number++;
    }
    yield* this.#finish();
    if (!stored.done) throw new StoredMismatch("it has more stages than the sweep");
  }

  async *#stage(stage: Stage, number: number): AsyncGenerator<RunBatch, void> {
    const { strategy, setting } = stage.job;
    const { threads } = this.#pool;
    const { engine } = this.#plan;
    const rate = guessedRate(strategy.program, setting, engine);
    this.#current = {
      ...{ stage, number, exhausted: false },
      job: { id: ++lastJob, program: strategy.program, setting, engine },
      size: new BatchSize(rate / setting.bars.time.length, threads, stage.count),
    };
    const current = this.#current;
    for (;;) {
      if (this.#signal?.aborted) return;
      this.#fill();
      if (current.exhausted) return;
      yield* this.#first();
    }
  }

  /**
   * Hands out batches while a thread is free and what is done and not yet given leaves memory: at most two are under way,
   * and with one thread a single one. Also called when a share is done, whether or not the caller is ready for it.
   */
  #fill(): void {
    const current = this.#current;
    const { threads } = this.#pool;
    const most = threads === 1 ? 1 : 2;
    while (current !== null && !current.exhausted && !this.#signal?.aborted) {
      if (this.#running >= threads || this.#underWay.length >= most) return;
      this.#handOut(current);
    }
  }

  #handOut(current: Current): void {
    const { stage, number, size } = current;
    const want = this.#fixed ?? size.next();
    const { width } = stage.source;
    const slot = this.#slots.take(want, width);
    const { threads } = this.#pool;
    const ordered = threads === 1 ? slot : this.#given.take(want, width);
    const count = stage.source.take(want, ordered.params);
    const shares = sharesOf(count, threads);
    if (ordered !== slot) {
      spread(ordered.params, shares, width, slot);
      this.#given.give(ordered);
    }
    if (count === 0) {
      this.#slots.give(slot);
      current.exhausted = true;
      return;
    }
    size.handOut(count);
    const first = this.#trials + 1;
    this.#trials += count;
    const progress = stage.source.progress();
    const results = Promise.all(
      shares.map((share) => this.#run(current, share, rowsOfShare(slot, share, width))),
    );
    // Heard where it is waited for; until then a failure must not end the process.
    results.catch(() => undefined);
    const batch = { job: stage.job, stage: number, first, count, progress, stored: false };
    this.#underWay.push({ stage, slot, shares, batch, results });
  }

  async #run({ job, size }: Current, { count }: Share, rows: Slot): Promise<TaskResult> {
    this.#running++;
    const result = await this.#pool.run({ job, rows, count });
    this.#running--;
    size.done(count, result.seconds);
    this.#fill();
    return result;
  }

  async *#finish(): AsyncGenerator<RunBatch, void> {
    while (this.#underWay.length > 0) yield* this.#first();
  }

  /** Gives the first batch that is under way; where the sweep is stopped, none is any more. */
  async *#first(): AsyncGenerator<RunBatch, void> {
    const { results, stage, slot, shares, batch } = this.#underWay[0]!;
    const found = await this.#unlessStopped(results);
    if (found === null) {
      this.#underWay = [];
      return;
    }
    this.#underWay.shift();
    const { count } = batch;
    const { width } = stage.source;
    const ordered = shares.length === 1 ? slot : this.#given.take(count, width);
    if (ordered !== slot) gather(slot, shares, width, ordered);
    const rows = rowsOf(ordered, count, width);
    const done = { ...batch, ...rows, problem: firstProblem(rows, shares, found) };
    stage.record(done);
    yield done;
    this.#slots.give(slot);
    if (ordered !== slot) this.#given.give(ordered);
  }

  async #unlessStopped<T>(next: Promise<T>): Promise<T | null> {
    const signal = this.#signal;
    if (signal === undefined) return next;
    if (signal.aborted) return null;
    let stop: () => void = () => {};
    const stopped = new Promise<null>((resolve) => {
      stop = () => resolve(null);
      signal.addEventListener("abort", stop, { once: true });
    });
    return Promise.race([next, stopped]).finally(() => signal.removeEventListener("abort", stop));
  }

  /** A stored batch at its place; its parameters have to be those that come next. */
  #replayed(stage: Stage, number: number, stored: StoredBatch): RunBatch {
    const { count } = stored;
    const params = new Float64Array(count * stage.source.width);
    const taken = stage.source.take(count, params);
    const same =
      taken === count &&
      params.every(
        (value, k) =>
          Object.is(value, stored.params[k]) ||
          (Number.isNaN(value) && Number.isNaN(stored.params[k]!)),
      );
    if (!same) throw new StoredMismatch("its trials are not those of the sweep");
    const first = this.#trials + 1;
    this.#trials += count;
    return {
      ...stored,
      job: stage.job,
      stage: number,
      first,
      problem: null,
      stored: true,
      progress: stage.source.progress(),
    };
  }
}

/** Why the first trial of a batch failed that did. */
function firstProblem(
  { states }: Slot,
  shares: readonly Share[],
  results: readonly TaskResult[],
): RunBatch["problem"] {
  const failed = states.indexOf(ERROR);
  const among = shares.findIndex(({ pieces }) =>
    pieces.some(({ first, count }) => failed >= first && failed < first + count),
  );
  return results[among]?.problem ?? null;
}
