import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fail } from "../../diagnostics/index.ts";
import type { TrialProblem, TrialTask } from "./task.ts";
import { taskRunner } from "./task-runner.ts";

/** Where tasks are run. */
export interface Pool {
  readonly threads: number;
  /** Fills the rows of a task, which have to be in shared memory where there are several threads. */
  run(task: TrialTask): Promise<TrialProblem>;
  /** Stops what is still running. */
  close(): Promise<void>;
}

/** Of a thread's short-lived objects: its work is in typed arrays, and what V8 allows else is kept unused. */
const YOUNG_MB = 6;

/** Threads of a pool; with one, tasks run in this thread, between turns of its event loop. */
export async function openPool(threads: number): Promise<Pool> {
  if (threads <= 1) {
    const run = taskRunner();
    return {
      threads: 1,
      run: async (task) => {
        await new Promise((resolve) => setImmediate(resolve));
        return run(task);
      },
      close: async () => {},
    };
  }
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({
    filename: workerFile(),
    name: "runTask",
    minThreads: threads,
    maxThreads: threads,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  return {
    threads,
    run: (task) => pool.run(task),
    close: async () => {
      pool.cancelPendingTasks();
      await pool.destroy();
    },
  };
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
