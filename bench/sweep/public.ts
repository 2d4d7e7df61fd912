import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { BUNDLE_FORM } from "../../scripts/bundle-form.ts";
import { BUNDLED_PACKAGES } from "../../scripts/bundled-packages.ts";
import { openInstance } from "../../src/data/instance.ts";
import type { sweep as Sweep, SweepOptions, SweepSpace } from "../../src/index.ts";
import type { MetricName } from "../../src/stats/metric-table.ts";
import { SWEEP_METRICS } from "../../src/sweep/engine/sweep-metrics.ts";
import { offerRows } from "../../src/sweep/rows/write-database.ts";
import type { Bars } from "../../src/vector/columns.ts";
import type { Workload } from "./workloads.ts";

const { dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const external = Object.keys({ ...dependencies, ...peerDependencies }).filter(
  (name) => !BUNDLED_PACKAGES.includes(name),
);

/** The package as it is built, beside the packages that it leaves out: from sources, threads would compile TypeScript. */
export const built = resolve("node_modules", `.swymc-bench-${process.pid}`);
await build({
  entryPoints: { index: "src/index.ts", "sweep-worker": "src/sweep/run/worker.ts" },
  ...{ bundle: true, splitting: true, platform: "node", format: "esm", external },
  ...{ outdir: built, target: "node20", logLevel: "error", ...BUNDLE_FORM },
});
process.on("exit", () => rmSync(built, { recursive: true, force: true }));
const module = await import(pathToFileURL(join(built, "index.js")).href);
const sweep: typeof Sweep = module.sweep;

/** Starts what `sweep()` on so many threads does, of which its own is one, with what a sweep loads, and ends them: what the first call of `sweep()` on several threads pays; later ones find them waiting. */
export async function startThreads(threads: number): Promise<Took> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const file = pathToFileURL(join(built, "sweep-worker.js"));
  const workers = Array.from({ length: threads - 1 }, () => new Worker(file));
  await Promise.all(workers.map((one) => new Promise((done) => one.once("exit", done))));
  return took(cpu, wall);
}

/** Since these readings of both clocks. */
export function took(cpu: NodeJS.CpuUsage, wall: number): Took {
  const used = process.cpuUsage(cpu);
  return { cpu: (used.user + used.system) / 1e6, wall: (performance.now() - wall) / 1e3 };
}

/** Seconds that something took. */
export interface Took {
  readonly cpu: number;
  readonly wall: number;
}

/** `sweep()` over the bars of a workload in memory, or over those at paths; every metric of every row that it has is read. */
export async function runPublic(
  work: Workload,
  data: readonly (string | Bars)[],
  options: SweepOptions,
): Promise<{ took: Took; rows: Float64Array[] }> {
  const { program, trials, execution, engine } = work;
  const names = options.metrics ?? SWEEP_METRICS;
  const rows = data.map(() => new Float64Array(trials.length * names.length));
  const read = readerOf(names);
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const all = sweep(program, data, spaceOf(work), { ...execution, engine, ...options });
  let at = 0;
  for await (const { metrics } of all) {
    const into = rows[Math.floor(at / trials.length)]!;
    read(metrics, into, (at++ % trials.length) * names.length);
  }
  const seconds = took(cpu, wall);
  if (at !== trials.length * data.length) throw new Error(`${at} rows of ${work.title}`);
  return { took: seconds, rows };
}

type Reader = (metrics: object, into: Float64Array, at: number) => void;

/** Reads metrics as a program does that names each of them: by a name that varies it takes as long as half of W1. */
function readerOf(names: readonly string[]): Reader {
  const lines = names.map((name, k) => `into[at + ${k}] = metrics.${name} ?? NaN;`);
  return new Function("metrics", "into", "at", lines.join("\n")) as Reader;
}

/** The trials of a workload as a space: a grid, or the half of one in which the first parameter is below the second. */
export function spaceOf({ program, trials }: Workload): SweepSpace {
  const names = program.params.map(({ name }) => name);
  const values = names.map((_, k) => [...new Set(trials.map((row) => row[k]!))]);
  const params = Object.fromEntries(names.map((name, k) => [name, values[k]!]));
  const whole = values.reduce((product, { length }) => product * length, 1) === trials.length;
  return whole ? { params } : { params, where: `${names[0]} < ${names[1]}` };
}

/** Throws where rows of `sweep()`, of these metrics, have not the bits of those that the engine made, of all. */
export function sameRows(
  ours: readonly Float64Array[],
  theirs: readonly Float64Array[],
  what: string,
  names: readonly string[] = SWEEP_METRICS,
) {
  const places = names.map((name) => SWEEP_METRICS.indexOf(name as MetricName));
  ours.forEach((rows, series) => {
    const differs = rows.findIndex((value, k) => {
      const row = Math.floor(k / names.length) * SWEEP_METRICS.length;
      return !Object.is(value, theirs[series]![row + places[k % names.length]!]);
    });
    if (differs >= 0) throw new Error(`no parity of ${what}: series ${series}, number ${differs}`);
  });
}

/** Runs `use` with a DuckDB database for each series, whose table `candles` holds its bars. */
export async function withDatabases<T>(
  series: readonly Bars[],
  use: (paths: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "swymc-sweep-"));
  try {
    const paths = series.map((_, k) => join(folder, `bars-${k}.duckdb`));
    for (const [k, bars] of series.entries()) await writeDatabase(paths[k]!, bars);
    return await use(paths);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeDatabase(path: string, bars: Bars): Promise<void> {
  const names = ["time", "open", "high", "low", "close", "volume"] as const;
  const columns = names.map((name) => ({ name, type: "number", repeated: false }) as const);
  const instance = await openInstance(path, {});
  try {
    const connection = await instance.connect();
    const count = bars.time.length;
    const chunk = { count, columns: names.map((name) => ({ numbers: bars[name] })) };
    await offerRows(connection, columns, [chunk]);
    await connection.run(`CREATE TABLE candles AS SELECT 'bench' AS exchange, 'BENCH' AS symbol, '1m' AS interval,
      make_timestamp((c0 * 1000)::BIGINT) AS open_time, c1 AS open, c2 AS high, c3 AS low, c4 AS close, c5 AS volume
      FROM offered_rows()`);
    await connection.run("CHECKPOINT");
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}
