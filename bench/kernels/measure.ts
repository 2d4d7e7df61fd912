import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** From this many ns per bar on, fewer rounds are timed. */
const SLOW = 100;
const ROUNDS_OF_SLOW = 3;
const WARM_RUNS = 3;

/** A process that does a task when it is told to, and says how many ns of its own CPU time a bar took. */
export interface Timed {
  readonly run: (task: string) => Promise<number>;
  readonly stop: () => void;
}

/**
 * Times libraries in turn, each in a process of its own: the only clock of CPU time is the process's, and the
 * collector's work on one library's garbage would else be another's cost.
 */
export class Stopwatch {
  readonly #workers: ReadonlyMap<string, Timed>;

  constructor(workers: ReadonlyMap<string, Timed>) {
    this.#workers = workers;
  }

  /** Median CPU time in ns per bar of a task by each of the libraries. */
  async measure(
    task: string,
    libraries: readonly string[],
    rounds: number,
  ): Promise<Map<string, number>> {
    const times = new Map<string, number[]>();
    for (const library of libraries) {
      const first = await this.#run(library, task);
      times.set(library, [first]);
      // Until the compiler has done its work.
      for (let i = 1; i < WARM_RUNS && first < SLOW; i++) {
        times.set(library, [await this.#run(library, task)]);
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const [library, all] of times) {
        if (all[0] > SLOW && all.length > ROUNDS_OF_SLOW) continue;
        all.push(await this.#run(library, task));
      }
    }
    return new Map([...times].map(([library, all]) => [library, median(all.slice(1))]));
  }

  stop(): void {
    for (const worker of this.#workers.values()) worker.stop();
  }

  #run(library: string, task: string): Promise<number> {
    return this.#workers.get(library)!.run(task);
  }
}

/** A worker of ours as a process of its own. */
export function forked(path: string, ...args: readonly string[]): Timed {
  const worker = fork(path, args, { execArgv: [] });
  let settle: { resolve: (time: number) => void; reject: (error: Error) => void } | undefined;
  worker.on("message", (time) => settle?.resolve(time as number));
  worker.on("exit", (code) => settle?.reject(new Error(`${args.join(" ")} ended: ${code}`)));
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        worker.send(task);
      }),
    stop: () => worker.disconnect(),
  };
}

/** Our code is timed as it is shipped, in one bundle; the others as their packages come. */
export function bundledWorker(source: URL, name: string): string {
  const outfile = fileURLToPath(
    new URL(`../../node_modules/.cache/swymc-bench/${name}.mjs`, import.meta.url),
  );
  buildSync({
    entryPoints: [fileURLToPath(source)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  return outfile;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
