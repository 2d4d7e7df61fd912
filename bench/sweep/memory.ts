import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { built, spaceOf } from "./public.ts";
import { type Workload, workload } from "./workloads.ts";

const CHILD = fileURLToPath(new URL("./memory-child.mjs", import.meta.url));
const COLUMNS = ["time", "open", "high", "low", "close", "volume"] as const;

/** Workloads whose memory has a limit, and threads to run them on. */
const RUNS: readonly (readonly [string, number])[] = [
  ["W1", 1],
  ["W3", 1],
  ["W3", 2],
  ["W6", 1],
  ["W6", 2],
];

/** Peak memory of `sweep()` over bars in memory, each workload in a process of its own with the package as it is built. */
export function memoryOfWorkloads(short: boolean): void {
  console.log("peak memory of a process that does nothing but the sweep");
  console.table(
    RUNS.map(([name, threads]) => ({ name, threads, ...peak(workload(name, short), threads) })),
  );
}

function peak(work: Workload, threads: number): { rows: number; peak: number } {
  const folder = mkdtempSync(join(tmpdir(), "swymc-sweep-"));
  try {
    const series = work.series.map((bars, k) => {
      const file = join(folder, `bars-${k}`);
      const columns = COLUMNS.map((name) => Buffer.from(Float64Array.from(bars[name]).buffer));
      writeFileSync(file, Buffer.concat(columns));
      return { file, length: bars.time.length };
    });
    const { strategy: document } = work.program.document;
    const options = { ...work.execution, engine: work.engine, threads };
    const path = join(folder, "sweep.json");
    writeFileSync(path, JSON.stringify({ document, space: spaceOf(work), options, series }));
    const index = pathToFileURL(join(built, "index.js")).href;
    const said = execFileSync(process.execPath, [CHILD, index, path], { encoding: "utf8" });
    const told = JSON.parse(said) as { rows: number; peak: number };
    const expected = work.trials.length * work.series.length;
    if (told.rows !== expected) throw new Error(`${told.rows} rows of ${work.title}`);
    return told;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
