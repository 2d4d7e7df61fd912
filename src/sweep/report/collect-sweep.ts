import { type Packing, pack } from "../../report/html/packed.ts";
import { compactFloat } from "../../report/html/sweep/compact-float.ts";
import type { SweepData, SweepTop } from "../../report/html/sweep/sweep-data.ts";
import type { Finding } from "../../report/validation/findings.ts";
import { downsample } from "../../stats/index.ts";
import { METRICS } from "../../stats/metric-table.ts";
import { SWEEP_METRICS } from "../engine/sweep-metrics.ts";
import { COSTS, readObjective } from "../online/objective.ts";
import { readResultRow } from "../read-results.ts";
import { type CompileText, type Rerun, Reruns } from "../rerun.ts";
import { type ResultTable, resultTable } from "../result-table.ts";
import { columnOf } from "../rows/columns.ts";
import type { Metadata } from "../rows/metadata.ts";
import type { Manifest } from "../run/manifest.ts";
import { distinctValues } from "./axis-cells.ts";
import { type ChosenTrials, chooseTrials, type JobTrials } from "./choose-trials.ts";
import { type ReadTrials, readTrials, textColumns } from "./read-trials.ts";
import { sweepSettings } from "./sweep-settings.ts";

export interface SweepReportInput {
  /** The file of results. */
  readonly path: string;
  readonly title: string;
  readonly version: string;
  /** See SweepData. */
  readonly rerun: string;
  readonly compileText: CompileText;
  /** What can be said for and against the best, with how many were tried; null where no trial has an objective. */
  readonly validation: {
    readonly tried: number;
    readonly verdict: readonly Finding[];
    readonly robustness: readonly Finding[];
  } | null;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Most trials that are run again for their equity, and bars times trials unless that is fewer. */
const MOST_RERUN = 20;
const FEWEST_RERUN = 3;
const WORK = 2e7;
const EQUITY_POINTS = 400;

/** What the page of a sweep shows, and the bytes of its columns. */
export async function collectSweep(
  input: SweepReportInput,
): Promise<{ data: SweepData; bytes: Uint8Array }> {
  const { metadata } = await readResultRow(input.path, 1);
  const { manifest } = metadata;
  const objective = readObjective(manifest.objective);
  const table = resultTable(input.path, textColumns(metadata));
  const read = await readTrials(table, metadata, objective);
  const jobs = read.jobs.map((_, job) => jobTrials(read, manifest, job));
  const chosen = chooseTrials(jobs, read.score);
  const top = await rerunTop(input, table, metadata, read);
  const metrics = await metricColumns(table, read, chosen);
  const { columns, bytes } = pack(
    { ...trialColumns(read, chosen), ...metrics, ...equityColumns(top) },
    Object.fromEntries(top.map((_, k): [string, Packing] => [`top.${k}.equity`, { digits: 6 }])),
  );
  const { text, direction } = objective;
  const data: SweepData = {
    title: input.title,
    version: input.version,
    objective: { text, direction },
    counts: {
      rows: metadata.trials,
      tried: input.validation?.tried ?? metadata.trials,
      held: chosen.rows.length,
    },
    whole: chosen.whole,
    complete: metadata.complete,
    rerun: input.rerun,
    jobs: jobs.map(({ rows, places }, job) => ({
      label: read.jobs[job]!.label,
      trials: rows.length,
      axes: places.map(({ param, logarithmic }, k) => ({
        ...{ param, logarithmic },
        ...chosen.axes[job]![k]!,
      })),
    })),
    params: read.params.map(({ name, labels }) => ({ name, labels })),
    metrics: METRICS.map((metric) => ({
      ...metric,
      direction: COSTS.has(metric.name) ? "min" : "max",
    })),
    columns,
    top: top.map(({ job, value, trial, run }) => topOf(read, run, { trial, job, value })),
    verdict: input.validation?.verdict ?? [],
    robustness: input.validation?.robustness ?? [],
    settings: sweepSettings(metadata),
    strategies: manifest.strategies.map(({ name, document, text: script }) => ({
      name,
      text: script ?? JSON.stringify(document, null, 2),
    })),
  };
  return { data, bytes };
}

/** The rows of a job, and the parameters that vary among them. */
function jobTrials(read: ReadTrials, manifest: Manifest, job: number) {
  const rows = Int32Array.from(read.trial.keys()).filter((row) => read.job[row] === job);
  const { strategy } = read.jobs[job]!;
  const own = manifest.strategies.find(({ name }) => name === strategy);
  const places = read.params.flatMap(({ name, values }, param) => {
    const distinct = distinctValues(Float64Array.from(rows, (row) => values[row]!));
    if (distinct.length < 2) return [];
    const axis = own?.axes[name] as { kind?: string; logarithmic?: boolean } | undefined;
    const logarithmic = axis?.logarithmic === true;
    return [
      {
        param,
        values,
        distinct,
        logarithmic,
        real: axis?.kind === "real" ? { logarithmic } : null,
      },
    ];
  });
  return { rows, axes: places, places } satisfies JobTrials & { places: unknown };
}

interface TopRun {
  readonly trial: number;
  readonly job: number;
  readonly value: number;
  readonly run: Rerun;
}

/** The best trials as whole backtests. */
async function rerunTop(
  { path, compileText, onProgress }: SweepReportInput,
  table: ResultTable,
  { manifest }: Metadata,
  read: ReadTrials,
): Promise<TopRun[]> {
  const best = bestRows(read.score, MOST_RERUN);
  const reruns = new Reruns(path, manifest, compileText);
  const cells = await table.rows(best.map((row) => read.trial[row]!));
  const done: TopRun[] = [];
  let bars = 0;
  for (const [k, row] of best.entries()) {
    if (k >= FEWEST_RERUN && bars > WORK) break;
    const run = await reruns.run(cells[k]!);
    bars += run.run.equity.length;
    done.push({ trial: read.trial[row]!, job: read.job[row]!, value: read.value[row]!, run });
    onProgress?.(k + 1, best.length);
  }
  return done;
}

function bestRows(score: Float64Array, count: number): number[] {
  const defined = Int32Array.from(score.keys()).filter((row) => !Number.isNaN(score[row]!));
  return Array.from(defined.sort((a, b) => score[b]! - score[a]! || a - b).subarray(0, count));
}

function trialColumns(read: ReadTrials, { rows, drawn }: ChosenTrials) {
  const taken = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]!);
  return {
    trial: taken(read.trial),
    job: taken(read.job),
    drawn,
    ...Object.fromEntries(read.params.map(({ values }, k) => [`param.${k}`, taken(values)])),
    objective: taken(read.value).map(compactFloat),
  };
}

async function metricColumns(table: ResultTable, read: ReadTrials, { rows }: ChosenTrials) {
  if (rows.length === 0) return {};
  const trials = Array.from(rows, (row) => read.trial[row]!);
  const columns = await table.numbers(SWEEP_METRICS, {}, trials);
  return Object.fromEntries(columns.map((c, k) => [`metric.${k}`, c.map(compactFloat)]));
}

function equityColumns(top: readonly TopRun[]) {
  return Object.fromEntries(
    top.flatMap(({ run: { run } }, k) => {
      const points = downsample(run.equity, EQUITY_POINTS);
      const time = Float64Array.from(points, (i) => run.time[run.firstBar + i]! / 1000);
      return [
        [`top.${k}.time`, time] as const,
        [`top.${k}.equity`, Float64Array.from(points, (i) => run.equity[i]!)] as const,
      ];
    }),
  );
}

function topOf(
  read: ReadTrials,
  { cells, result }: Rerun,
  found: Pick<SweepTop, "trial" | "job" | "value">,
): SweepTop {
  return {
    ...found,
    cash: result.settings.cash,
    params: read.params.flatMap(({ name }) => {
      const cell = cells[columnOf(name)];
      return cell === null || cell === undefined ? [] : [[name, String(cell)] as const];
    }),
    metrics: SWEEP_METRICS.map((name) => result.metrics?.[name] ?? null),
    hold: result.metrics?.buy_and_hold_return ?? null,
  };
}
