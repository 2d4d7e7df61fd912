import type { Table } from "apache-arrow";
import type { BarData, Dataset } from "../data/index.ts";
import type { BacktestOptions } from "../program/backtest.ts";
import type { Program } from "../program/program.ts";
import type { ScriptProgram } from "../program/script-program.ts";
import type { Interval } from "../vector/interval.ts";
import { checkCall } from "./check-call.ts";
import type { EngineChoice } from "./engine/engine.ts";
import { parseWindows, type Window } from "./jobs/windows.ts";
import { planSweep } from "./plan-sweep.ts";
import { rowLayout } from "./rows/columns.ts";
import { RowStream } from "./rows/row-stream.ts";
import { rowMaker, type SweepRow } from "./rows/trial-row.ts";
import { defaultThreads } from "./run/default-threads.ts";
import { runBatches } from "./run/run-batches.ts";
import type { Search, SweepPlan } from "./run/sweep-plan.ts";
import type { ValuesInput } from "./space/parse-values.ts";

/** What to try. */
export interface SweepSpace {
  /**
   * Values of parameters by name, or by JSON pointer into the document: `"2..100"`, `"5..200:5"`, `[5, 10, 20]`,
   * `{ min: 2, max: 100, step: 2 }`; null takes the range that the document declares. Without any, all parameters that
   * declare a range are swept.
   */
  readonly params?: Readonly<Record<string, ValuesInput | null>>;
  /** A condition on the parameters, or several: `"fast < slow"`. */
  readonly where?: string | readonly string[];
  /** Unless given, every combination: `grid`. */
  readonly search?: Search;
  /** How many points to try; not of a grid. */
  readonly samples?: number;
  /** Of random numbers; 0. */
  readonly seed?: number;
}

/** How to run trials, beside the options of a backtest; those of its parameters that are not swept keep the value in `params`. */
export interface SweepOptions extends Omit<BacktestOptions, "warmup" | "engine"> {
  /** Of a source that holds several. */
  readonly symbols?: readonly string[];
  readonly intervals?: readonly Interval[];
  /** As of `--windows`, or half-open spans in epoch ms. */
  readonly windows?: string | readonly Window[];
  /** Threads to run on; as many as the machine has, one for little work. The results do not depend on it. */
  readonly threads?: number;
  /** A metric or an expression of metrics that a successive halving goes by; `sharpe`. */
  readonly objective?: string;
  /** Names of the metrics that rows are to have, beside those of the objective; all unless given. Fewer may take less time. */
  readonly metrics?: readonly string[];
  /** Which engine runs the trials; `auto`. The results do not depend on it. */
  readonly engine?: EngineChoice;
  /** Most trials of a batch; by their speed unless given. The results do not depend on it. */
  readonly batch?: number;
  readonly signal?: AbortSignal;
}

export type { SweepRow } from "./rows/trial-row.ts";

/** Data to sweep over: paths, datasets that are loaded, or bars in memory. */
export type SweepData = string | Dataset | BarData;

/**
 * Runs a program, or several, with every point of a space over one or several datasets, and gives a row per trial, in the
 * order of the space whatever the number of threads, in constant memory. Breaking off the loop stops the work.
 *
 *     for await (const row of sweep(program, dataset, { params: { fast: "2..100" }, where: "fast < slow" })) …
 *
 * Throws a SwymcError before any work where the space is empty or too large, or a name is not known.
 */
export function sweep(
  programs: Program | ScriptProgram | readonly (Program | ScriptProgram)[],
  data: SweepData | readonly SweepData[],
  space: SweepSpace = {},
  options: SweepOptions = {},
): AsyncGenerator<SweepRow, void> {
  return new RowStream(async () => {
    const plan = await planOf(programs, data, space, options);
    return { batches: runBatches(plan, runOptionsOf(plan, options)), rowsOf: rowMaker(plan) };
  });
}

/**
 * The same as an Arrow table with the columns of result files; `toDanfo` makes a DataFrame of it. All rows are in memory
 * then: about 300 bytes each.
 */
export async function sweepTable(
  programs: Program | ScriptProgram | readonly (Program | ScriptProgram)[],
  data: SweepData | readonly SweepData[],
  space: SweepSpace = {},
  options: SweepOptions = {},
): Promise<Table> {
  const plan = await planOf(programs, data, space, options);
  const layout = rowLayout(plan);
  const chunks = [];
  for await (const batch of runBatches(plan, runOptionsOf(plan, options))) {
    chunks.push(layout.chunk(batch));
  }
  const { tableOf } = await import("./rows/write-arrow.ts");
  return tableOf(layout.columns, chunks, JSON.stringify(plan.manifest));
}

async function planOf(
  programs: Program | ScriptProgram | readonly (Program | ScriptProgram)[],
  data: SweepData | readonly SweepData[],
  space: SweepSpace,
  options: SweepOptions,
): Promise<SweepPlan> {
  const { symbols, intervals, windows, threads, batch, signal, ...others } = options;
  const { objective, metrics, engine, ...rest } = others;
  const given = [programs].flat() as (Program | ScriptProgram)[];
  const sources = listed(data);
  checkCall({ programs: given.length, data: sources.length }, space, options);
  return planSweep({
    strategies: given.map((program, k) => ({ program, name: String(k) })),
    sources,
    ...{ symbols, intervals, objective, metrics, engine },
    windows: typeof windows === "string" ? parseWindows(windows) : windows,
    ...space,
    options: rest,
  });
}

function listed(data: SweepData | readonly SweepData[]): readonly SweepData[] {
  return Array.isArray(data) ? data : [data as SweepData];
}

function runOptionsOf(plan: SweepPlan, { threads, batch, signal }: SweepOptions) {
  return { threads: threads ?? defaultThreads(plan), batch, signal };
}
