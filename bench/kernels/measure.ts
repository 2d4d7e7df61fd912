import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** From this many ns per bar on, fewer rounds are timed. */
const SLOW = 100;
const ROUNDS_OF_SLOW = 3;
const WARM_RUNS = 3;

/**
 * Times libraries in turn, each in a process of its own: the only clock of CPU time is the process's, and the
 * collector's work on one library's garbage would else be another's cost.
 */
export class Stopwatch {
  readonly #workers: Map<string, ChildProcess>;

  constructor(libraries: readonly string[], bars: number) {
    const path = bundledWorker();
    this.#workers = new Map(
      libraries.map((library) => [library, fork(path, [library, String(bars)], { execArgv: [] })]),
    );
  }

  /** Median CPU time in ns per bar of an indicator by each of the libraries. */
  async measure(
    indicator: string,
    libraries: readonly string[],
    rounds: number,
  ): Promise<Map<string, number>> {
    const times = new Map<string, number[]>();
    for (const library of libraries) {
      for (let i = 0; i < WARM_RUNS; i++) times.set(library, [await this.#run(library, indicator)]);
    }
    for (let round = 0; round < rounds; round++) {
      for (const [library, all] of times) {
        if (all[0] > SLOW && all.length > ROUNDS_OF_SLOW) continue;
        all.push(await this.#run(library, indicator));
      }
    }
    return new Map([...times].map(([library, all]) => [library, median(all.slice(1))]));
  }

  stop(): void {
    for (const worker of this.#workers.values()) worker.disconnect();
  }

  async #run(library: string, indicator: string): Promise<number> {
    const worker = this.#workers.get(library)!;
    worker.send(indicator);
    const [time] = (await once(worker, "message")) as [number];
    return time;
  }
}

/** Our code is timed as it is shipped, in one bundle; the others as their packages come. */
function bundledWorker(): string {
  const outfile = fileURLToPath(
    new URL("../../node_modules/.cache/swymc-bench/kernels.mjs", import.meta.url),
  );
  const entry = fileURLToPath(new URL("./worker.ts", import.meta.url));
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  return outfile;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
