import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Tinypool } from "tinypool";
import { fail } from "../../diagnostics/index.ts";
import { createEngine } from "../engine/create-engine.ts";
import type { TaskResult, ThreadTask, TrialTask } from "./task.ts";
import { TaskJobs } from "./task-jobs.ts";
import { TaskRunner } from "./task-runner.ts";

/** Where tasks are run. */
export interface Pool {
  readonly threads: number;
  /** Fills the rows of a task, which have to be in shared memory where there are several threads. */
  run(task: TrialTask): Promise<TaskResult>;
  /** Stops what is still running. */
  close(): Promise<void>;
}

/** Of a thread's short-lived objects: its work is in typed arrays, and what V8 allows else is kept unused. */
const YOUNG_MB = 6;
/** How long threads wait for the next sweep before they end; starting them takes as long as a thousand short trials. */
const IDLE_MS = 5_000;

/** So many threads, of which this one is one: a thread of its own takes as much memory again as all that the package loads. */
export async function openPool(threads: number): Promise<Pool> {
  return threads <= 1 ? thisThread() : severalThreads(await otherThreads(threads - 1));
}

/** This thread takes what finds no other free. */
function severalThreads(others: Pool): Pool {
  const own = thisThread();
  const idle = [...Array<Pool>(others.threads).fill(others), own];
  const queue: ((pool: Pool) => void)[] = [];
  return {
    threads: idle.length,
    run: async (task) => {
      const pool = idle.shift() ?? (await new Promise<Pool>((take) => queue.push(take)));
      try {
        return await pool.run(task);
      } finally {
        const next = queue.shift();
        if (next) next(pool);
        else if (pool === own) idle.push(pool);
        else idle.unshift(pool);
      }
    },
    close: async () => {
      await own.close();
      await others.close();
    },
  };
}

function thisThread(): Pool {
  const runner = new TaskRunner();
  return {
    threads: 1,
    run: (task) =>
      runner.runInTurns(task, ({ program, setting, engine }) =>
        createEngine(program, setting, engine),
      ),
    close: async () => runner.stop(),
  };
}

/** Threads that wait for work, by how many there are at most; they hold no process open. */
const waiting = new Map<number, Tinypool>();

async function otherThreads(threads: number): Promise<Pool> {
  const pool = waiting.get(threads) ?? (await startThreads(threads));
  waiting.delete(threads);
  const jobs = new TaskJobs();
  // Those that are running, and those that failed: a thread may be no more.
  let unsettled = 0;
  return {
    threads,
    run: async ({ job, rows, count }) => {
      unsettled++;
      const task: ThreadTask = { job: jobs.of(job), rows, count };
      const result: TaskResult = await pool.run(task);
      unsettled--;
      return result;
    },
    close: async () => {
      if (unsettled === 0 && !waiting.has(threads)) {
        // One for each thread: all are idle.
        await Promise.all(pool.threads.map(() => pool.run(null)));
        waiting.set(threads, pool);
      } else {
        pool.cancelPendingTasks();
        await pool.destroy();
      }
    },
  };
}

async function startThreads(threads: number): Promise<Tinypool> {
  const { Tinypool } = await import("tinypool");
  return new Tinypool({
    filename: workerFile(),
    name: "runTask",
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
}

/** The worker's own file: beside the bundle, or one folder up; from sources, the module that loads its TypeScript. */
function workerFile(): string {
  const here = import.meta.url;
  const names = here.endsWith(".ts")
    ? ["./worker.source.mjs"]
    : ["./sweep-worker.js", "../sweep-worker.js"];
  const paths = names.map((name) => fileURLToPath(new URL(name, here)));
  return (
    paths.find((path) => existsSync(path)) ?? fail("sweep_worker_missing", { tried: paths[0]! })
  );
}
