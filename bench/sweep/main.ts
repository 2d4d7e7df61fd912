import { parseArgs } from "node:util";
import { setUpRun } from "../../src/program/run-setup.ts";
import { createEngine } from "../../src/sweep/engine/create-engine.ts";
import { SWEEP_METRICS } from "../../src/sweep/engine/sweep-metrics.ts";
import { onBitfinex } from "./bitfinex.ts";
import { median } from "./median.ts";
import { memoryOfWorkloads } from "./memory.ts";
import { checkRuns, equalRows } from "./parity.ts";
import { runPublic, sameRows, startThreads, type Took, took, withDatabases } from "./public.ts";
import { runBacktrader, runVectorbt } from "./rivals.ts";
import { scaling } from "./scaling.ts";
import { scriptTrials } from "./scripts.ts";
import { WORKLOADS, type Workload, workload } from "./workloads.ts";

/**
 * The workloads of the sweep: CPU and wall time of all trials in a warm process with bars in memory, all metrics
 * included, after rows were held to whole runs and, where it can do the workload, to vectorbt or backtrader beside it.
 * Once for the engine alone, then for the public `sweep()` on one and on two threads, of all metrics and of those that
 * vectorbt is asked for, and W2 and W7 from databases, the reading included.
 *
 *     npm run bench:sweep -- [--workload W1] [--short] [--runs N] [--json]
 *     npm run bench:sweep -- --scripts [--short] [--runs N]
 *     npm run bench:sweep -- --scaling [--short]
 *     npm run bench:sweep -- --memory [--short]
 */
const { values } = parseArgs({
  options: {
    workload: { type: "string", multiple: true },
    short: { type: "boolean", default: false },
    runs: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
    scaling: { type: "boolean", default: false },
    scripts: { type: "boolean", default: false },
    memory: { type: "boolean", default: false },
  },
});

const BATCH = 16_384;
/** What vectorbt is asked for in W1. */
const FEW = ["total_return", "sharpe", "max_drawdown", "trades"] as const;
/** Workloads that are also read from databases. */
const FROM_DATABASES = ["W2", "W7"];
/** Lookbacks of W7 that backtrader runs too, one on each series: it takes a minute for each million bars. */
const LOOKBACKS = [20, 100, 500];

/** Seconds of runs before the clock: V8 compiles hot code in steps, the last of them after some 20 runs of W1. */
const WARM = values.short ? 0 : 1.5;

if (values.memory) memoryOfWorkloads(values.short);
else if (values.scaling) await scaling(values.short);
else if (!values.scripts) await workloads(values.workload ?? WORKLOADS);
if (values.scripts || !(values.memory || values.scaling || values.workload || values.json))
  scriptTrials(values.short, Number(values.runs));

async function workloads(names: readonly string[]): Promise<void> {
  const results = [];
  for (const name of names) {
    const result = await measure(name);
    results.push(result);
    if (values.json) continue;
    const { title, backtrader, ...rest } = result;
    console.log(`\n${name}: ${title}`);
    console.table(rest);
    if (backtrader.length > 0) console.table(backtrader);
  }
  if (values.json) console.log(JSON.stringify(results, null, 2));
}

async function measure(name: string) {
  const runs = Number(values.runs);
  const plain = workload(name, values.short);
  const work = name === "W7" ? await onBitfinex(plain, values.short ? 20_000 : Infinity) : plain;
  const enginesOf = (asked: object) =>
    work.series.map((bars) => {
      const { settings, annual } = setUpRun(work.execution, null, bars.time);
      return createEngine(work.program, { bars, settings, annual, ...asked }, work.engine);
    });
  const engines = enginesOf({});
  const enginesOfFew = enginesOf({ metrics: FEW });
  const rows = sweep(work, engines);
  for (const [series, each] of rows.entries()) checkRuns(work, series, each, values.short ? 5 : 10);
  const rival = runVectorbt(work, values.short ? 1 : (work.vectorbt?.runs ?? 0));
  // By the same averages all rows have to agree; by its own, averages that touch are told apart by their rounding.
  if (rival) equalRows(work, rows, rival.exactRows, work.vectorbt?.strict ?? true);
  const backtrader =
    name !== "W7"
      ? []
      : work.series.map((bars, k) => runBacktrader(work, bars, LOOKBACKS[k % 3]!) ?? "missing");

  const engine = await repeated(runs, async () => timed(() => sweep(work, engines)));
  const few = await repeated(runs, async () => timed(() => sweep(work, enginesOfFew)));
  const publicly = async (
    threads: number,
    data: Parameters<typeof runPublic>[1] = work.series,
    asked: { metrics?: readonly string[] } = {},
  ) => {
    const from = data === work.series ? {} : { intervals: ["1m"] as const };
    const options = { threads, ...from, ...asked };
    let parity = false;
    return repeated(runs, async () => {
      const { took: seconds, rows: ours } = await runPublic(work, data, options);
      if (!parity) sameRows(ours, rows, `sweep() on ${threads} threads`, asked.metrics);
      parity = true;
      return seconds;
    });
  };
  const [one, two] = [await publicly(1), await publicly(2)];
  const ofFew = { metrics: FEW };
  const [oneOfFew, twoOfFew] = [
    await publicly(1, work.series, ofFew),
    await publicly(2, work.series, ofFew),
  ];
  const read = FROM_DATABASES.includes(name)
    ? await withDatabases(work.series, (paths) => publicly(1, paths))
    : null;
  const combos = work.series.reduce((sum, { close }) => sum + close.length, 0) * work.trials.length;
  const rivalCpu = rival ? median(rival.cpu) : null;
  return {
    title: work.title,
    engine: engines[0]!.kind,
    rows: work.trials.length * work.series.length,
    ...labelled("engine alone", engine),
    ...labelled("sweep(), 1 thread", one),
    ...labelled("sweep(), 2 threads", two),
    ...labelled("engine alone, 4 metrics", few),
    ...labelled("sweep(), 1 thread, 4 metrics", oneOfFew),
    ...labelled("sweep(), 2 threads, 4 metrics", twoOfFew),
    ...labelled("of which starting 2 threads", await repeated(runs, () => startThreads(2))),
    ...(read && labelled("sweep() of databases, 1 thread", read)),
    "bar·combos/µs": combos / engine.median.cpu / 1e6,
    rss_mb: process.resourceUsage().maxRSS / 1024,
    vectorbt_cpu_s: rivalCpu,
    vectorbt_rss_mb: rival?.rss ?? null,
    times: rivalCpu === null ? null : rivalCpu / one.median.cpu,
    times_4_metrics: rivalCpu === null ? null : rivalCpu / oneOfFew.median.cpu,
    equal_by_own_averages: rival ? equalRows(work, rows, rival.rows, false) : null,
    backtrader,
  };
}

interface Repeated {
  readonly median: Took;
  readonly best: number;
  readonly first: number;
}

/** Runs until the process is warm, then so many times, or more often while that takes less than {@link WARM}. */
async function repeated(runs: number, once: () => Promise<Took>): Promise<Repeated> {
  const first = await once();
  for (let wall = first.wall; wall < WARM; ) wall += (await once()).wall;
  const times: Took[] = [];
  for (let wall = 0; times.length < runs || wall < WARM; wall += times.at(-1)!.wall)
    times.push(await once());
  return {
    first: first.cpu,
    median: {
      cpu: median(times.map(({ cpu }) => cpu)),
      wall: median(times.map(({ wall }) => wall)),
    },
    best: Math.min(...times.map(({ cpu }) => cpu)),
  };
}

function timed(work: () => unknown): Took {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  work();
  return took(cpu, wall);
}

function labelled(name: string, { median: { cpu, wall }, best, first }: Repeated) {
  const seconds = { "CPU s": cpu, "wall s": wall, "best CPU s": best, "first CPU s": first };
  return Object.fromEntries(Object.entries(seconds).map(([of, s]) => [`${name}: ${of}`, s]));
}

/** All trials over all series. */
function sweep(
  work: Workload,
  engines: readonly ReturnType<typeof createEngine>[],
): Float64Array[] {
  const width = work.program.params.length;
  const count = work.trials.length;
  const params = Float64Array.from(work.trials.flat());
  return engines.map((engine) => {
    const out = new Float64Array(count * SWEEP_METRICS.length);
    for (let from = 0; from < count; from += BATCH) {
      const to = Math.min(count, from + BATCH);
      engine.run(
        params.subarray(from * width, to * width),
        to - from,
        out.subarray(from * SWEEP_METRICS.length),
      );
    }
    return out;
  });
}
