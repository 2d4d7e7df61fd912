import { parseArgs } from "node:util";
import { setUpRun } from "../../src/program/run-setup.ts";
import { createEngine } from "../../src/sweep/engine/create-engine.ts";
import { SWEEP_METRICS } from "../../src/sweep/engine/sweep-metrics.ts";
import { checkRuns, equalRows } from "./parity.ts";
import { runVectorbt } from "./rivals.ts";
import { WORKLOADS, type Workload, workload } from "./workloads.ts";

/**
 * The workloads of the sweep: CPU and wall time of all trials in a warm process with bars in memory, all metrics
 * included, after rows were held to whole runs and, where it can do the workload, to vectorbt beside it.
 *
 *     npm run bench:sweep -- [--workload W1] [--short] [--runs N] [--json]
 */
const { values } = parseArgs({
  options: {
    workload: { type: "string", multiple: true },
    short: { type: "boolean", default: false },
    runs: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  },
});

const BATCH = 16_384;
const results = (values.workload ?? WORKLOADS).map(measure);
if (values.json) console.log(JSON.stringify(results, null, 2));
else {
  for (const { name, title, ...rest } of results) {
    console.log(`
${name}: ${title}`);
    console.table(rest);
  }
}

function measure(name: string) {
  const runs = Number(values.runs);
  const work = workload(name, values.short);
  const engines = work.series.map((bars) => {
    const { settings, annual } = setUpRun(work.execution, null, bars.time);
    return createEngine(work.program, { bars, settings, annual }, work.engine);
  });
  const rows = sweep(work, engines);
  for (const [series, each] of rows.entries()) checkRuns(work, series, each, values.short ? 5 : 10);
  const rival = runVectorbt(work, values.short ? 1 : 3);
  // By the same averages all rows have to agree; by its own, averages that touch are told apart by their rounding.
  if (rival) equalRows(work, rows, rival.exactRows, true);

  const times = Array.from({ length: runs }, () => {
    const [cpu, wall] = [process.cpuUsage(), performance.now()];
    sweep(work, engines);
    const used = process.cpuUsage(cpu);
    return { cpu: (used.user + used.system) / 1e6, wall: (performance.now() - wall) / 1e3 };
  });
  const cpu = median(times.map((time) => time.cpu));
  const combos = work.series.reduce((sum, { close }) => sum + close.length, 0) * work.trials.length;
  const rivalCpu = rival ? median(rival.cpu) : null;
  return {
    name,
    title: work.title,
    engine: engines[0]!.kind,
    rows: work.trials.length * work.series.length,
    cpu_s: cpu,
    best_cpu_s: Math.min(...times.map((time) => time.cpu)),
    wall_s: median(times.map((time) => time.wall)),
    "bar·combos/µs": combos / cpu / 1e6,
    rss_mb: process.memoryUsage.rss() / 2 ** 20,
    vectorbt_cpu_s: rivalCpu,
    vectorbt_rss_mb: rival?.rss ?? null,
    times: rivalCpu === null ? null : rivalCpu / cpu,
    equal_by_own_averages: rival ? equalRows(work, rows, rival.rows, false) : null,
  };
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

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}
