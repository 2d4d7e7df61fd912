import { isScriptProgram } from "../../program/script-program.ts";
import type { Batch } from "./batch.ts";
import { BatchSize } from "./batch-size.ts";
import { openPool, type Pool } from "./pool.ts";
import { rowsOf, type Slot, Slots } from "./slots.ts";
import { type Stage, stagesOf } from "./stages.ts";
import type { SweepPlan } from "./sweep-plan.ts";
import { type StrategyData, strategyData, type TaskJob } from "./task.ts";

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
 * Runs the trials of a plan and gives them in order, whatever the number of threads and the size of batches. Memory does
 * not grow with their number: at most two batches per thread are under way, and the rows of one are overwritten once
 * the next is asked for.
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

class Driver {
  readonly #plan: SweepPlan;
  readonly #pool: Pool;
  readonly #signal: AbortSignal | undefined;
  readonly #fixed: number | undefined;
  readonly #done: Iterator<StoredBatch>;
  readonly #strategies = new Map<object, StrategyData>();
  readonly #slots: Slots;
  #underWay: { batch: Promise<RunBatch>; stage: Stage; slot: Slot }[] = [];
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
      if (this.#plan.search === "halving") yield* this.#finish(0);
      number++;
    }
    yield* this.#finish(0);
    if (!stored.done) throw new StoredMismatch("it has more stages than the sweep");
  }

  async *#stage(stage: Stage, number: number): AsyncGenerator<RunBatch, void> {
    const { setting } = stage.job;
    const threads = this.#pool.threads;
    const size = new BatchSize(setting.bars.time.length, threads, stage.count);
    const job = this.#taskJob(stage, number);
    for (;;) {
      if (this.#signal?.aborted) return;
      const want = this.#fixed ?? size.next();
      const { width } = stage.source;
      const slot = this.#slots.take(want, width);
      const count = stage.source.take(want, slot.params);
      if (count === 0) return;
      size.handOut(count);
      const rows = rowsOf(slot, count, width);
      const batch = this.#runBatch(stage, number, job, rows, count, size);
      this.#underWay.push({ stage, slot, batch });
      yield* this.#finish(2 * threads - 1);
    }
  }

  /** Gives batches in order until at most `left` are under way. */
  async *#finish(left: number): AsyncGenerator<RunBatch, void> {
    while (this.#underWay.length > left) {
      const { batch: next, stage, slot } = this.#underWay[0]!;
      const batch = await this.#unlessStopped(next);
      if (batch === null) {
        this.#underWay = [];
        return;
      }
      this.#underWay.shift();
      stage.record(batch);
      yield batch;
      this.#slots.give(slot);
    }
  }

  async #unlessStopped(next: Promise<RunBatch>): Promise<RunBatch | null> {
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

  #runBatch(
    stage: Stage,
    number: number,
    job: TaskJob,
    rows: Slot,
    count: number,
    size: BatchSize,
  ): Promise<RunBatch> {
    const first = this.#trials + 1;
    this.#trials += count;
    const progress = stage.source.progress();
    const begun = performance.now();
    const run = this.#pool.run({ job, rows, count }).then((problem) => {
      const share = (performance.now() - begun) / 1000 / Math.min(2, this.#underWay.length || 1);
      size.done(count, share);
      return {
        job: stage.job,
        stage: number,
        first,
        count,
        ...rows,
        problem,
        progress,
        stored: false,
      };
    });
    // Heard where it is waited for; until then a failure must not end the process.
    run.catch(() => undefined);
    return run;
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

  #taskJob({ job }: Stage, id: number): TaskJob {
    const { program } = job.strategy;
    const strategy = this.#strategies.get(program) ?? strategyData(program);
    this.#strategies.set(program, strategy);
    return { id, strategy, setting: job.setting, engine: this.#plan.engine };
  }
}
