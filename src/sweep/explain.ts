import { logicLines } from "../ir/text.ts";
import { isScriptProgram } from "../program/script-program.ts";
import type { Bars } from "../vector/columns.ts";
import { CHUNK } from "../vector/wasm/layout.ts";
import { createEngine } from "./engine/create-engine.ts";
import { KEPT_BYTES } from "./engine/kept-columns.ts";
import { BATCH_BYTES } from "./engine/lean-engine.ts";
import { leanPlan } from "./engine/lean-plan.ts";
import { SWEEP_METRICS } from "./engine/sweep-metrics.ts";
import { evaluationsBy } from "./evaluations-by.ts";
import { explainColumns } from "./explain-script.ts";
import type { Job, SweptStrategy } from "./jobs/job.ts";
import { MAX_SHARE } from "./run/batch-size.ts";
import { batchesInMemory } from "./run/run-batches.ts";
import { ETA, RUNGS, rungBars, rungCounts } from "./run/stages.ts";
import type { SweepPlan } from "./run/sweep-plan.ts";
import { countOf } from "./space/axis.ts";

/** What a sweep would do, before it does. */
export interface Explanation {
  readonly strategies: readonly StrategyExplanation[];
  readonly jobs: number;
  /** Trials of all jobs and rungs; at most so many where `exact` is false. */
  readonly trials: number;
  readonly exact: boolean;
  readonly engine: string;
  readonly search: string;
  /** Bars of the jobs, each counted as often as trials run over it. */
  readonly bar_trials: number;
  readonly memory: {
    /** Bytes of bars, shared by all threads. */
    readonly bars: number;
    /** Bytes of rows under way, at most. */
    readonly rows: number;
    /** Bytes that each thread needs for columns, at most: every distinct node is one, of all bars or of a chunk of them; a condition of bits. */
    readonly columns_per_thread: number;
  };
}

export interface StrategyExplanation {
  readonly name: string;
  readonly axes: readonly { readonly name: string; readonly values: number | null }[];
  /** Trials of one job. */
  readonly trials: number;
  /** Each node of the graph once; of a script, each column, which the bar loop of every trial reads. */
  readonly nodes: readonly NodeExplanation[];
  /** Of a script: columns that each trial reads, and how many are computed for all trials of a job, at most. */
  readonly columns: { readonly per_trial: number; readonly evaluations: number } | null;
}

/** One node of the graph: `%3 = ema %0 ($fast)`; of a script with all inputs that it depends on. */
export interface NodeExplanation {
  readonly text: string;
  /** Swept parameters that its values depend on. */
  readonly depends_on: readonly string[];
  /** Distinct tuples of those parameters, at most. */
  readonly evaluations: number;
}

export function explainSweep(plan: SweepPlan, threads: number): Explanation {
  const { jobs, strategies, counts, search } = plan;
  const first = jobs[0]!;
  const engine = createEngine(first.strategy.program, first.setting, plan.engine);
  const barsOf = jobs.map(({ setting }) => setting.bars.time.length);
  const explained = strategies.map((strategy) => {
    const k = jobs.findIndex((job) => job.strategy === strategy);
    return explainStrategy(strategy, counts[k]?.trials ?? 0);
  });
  const width =
    SWEEP_METRICS.length + Math.max(...strategies.map(({ space }) => space.params.length));
  const bits = strategies.map((strategy, k) => bitsOf(strategy, explained[k]!));
  const columns = jobs.map((job) =>
    columnBytes(job, bits[strategies.indexOf(job.strategy)]!, plan),
  );
  return {
    strategies: explained,
    jobs: jobs.length,
    ...plan.total,
    ...{ engine: engine.kind, search },
    bar_trials: barsOf.reduce((sum, bars, k) => sum + work(bars, counts[k]!.trials, search), 0),
    memory: {
      bars: [...new Set(jobs.flatMap(({ setting }) => buffersOf(setting.bars)))].reduce(
        (sum, buffer) => sum + buffer.byteLength,
        0,
      ),
      rows: batchesInMemory(threads) * Math.min(threads * MAX_SHARE, plan.total.trials) * width * 8,
      columns_per_thread: Math.max(...columns),
    },
  };
}

/** Bits per bar of all that is computed: a condition has one, a column of numbers 64. */
function bitsOf({ program }: SweptStrategy, { nodes }: StrategyExplanation): number {
  const lines = isScriptProgram(program) ? [] : logicLines(program.ir);
  return nodes.reduce(
    (sum, { evaluations }, k) => sum + evaluations * (lines[k]?.node.type === "bool" ? 1 : 64),
    0,
  );
}

/** What a thread keeps of columns of so many bits: scripts and whole runs all bars of them, within a limit, the others a chunk. */
function columnBytes({ strategy, setting }: Job, bits: number, { engine }: SweepPlan): number {
  const { program } = strategy;
  const bars = setting.bars.time.length;
  const inChunks =
    !isScriptProgram(program) && engine !== "reference" && leanPlan(program.plan, setting) !== null;
  return inChunks
    ? Math.min(Math.ceil((bits * Math.min(bars, CHUNK)) / 8), BATCH_BYTES)
    : Math.min(Math.ceil((bits * bars) / 8), KEPT_BYTES);
}

function buffersOf(bars: Bars): ArrayBufferLike[] {
  return Object.values(bars).map(({ buffer }) => buffer);
}

function work(bars: number, trials: number, search: string): number {
  if (search !== "halving") return bars * trials;
  const counts = rungCounts(trials);
  return rungBars(bars).reduce((sum, some, rung) => sum + some * counts[rung]!, 0);
}

function explainStrategy(
  { name, program, space }: SweptStrategy,
  trials: number,
): StrategyExplanation {
  const axes = space.axes.map(({ name, values }) => {
    const count = countOf(values);
    return { name, values: Number.isFinite(count) ? count : null };
  });
  if (!isScriptProgram(program)) {
    const lines = logicLines(program.ir).map(({ text }) => text);
    const nodes = explainNodes(lines, axes, trials);
    return { name, axes, trials, nodes, columns: null };
  }
  const nodes = explainColumns(program, axes, trials);
  const evaluations = nodes.reduce((sum, node) => sum + node.evaluations, 0);
  return { name, axes, trials, nodes, columns: { per_trial: nodes.length, evaluations } };
}

/** Reads off the text of the logic which parameters each node depends on. */
function explainNodes(
  lines: readonly string[],
  axes: readonly { readonly name: string; readonly values: number | null }[],
  trials: number,
): NodeExplanation[] {
  const depends = new Map<string, ReadonlySet<string>>();
  return lines.map((text) => {
    const [node, content] = text.split(" = ", 2) as [string, string];
    const own = axes.filter(({ name }) =>
      new RegExp(`\\$${escaped(name)}(?![\\w/])`).test(content),
    );
    const below = (content.match(/%\d+/g) ?? []).flatMap((one) => [...(depends.get(one) ?? [])]);
    const names = new Set([...own.map(({ name }) => name), ...below]);
    depends.set(node, names);
    const of = axes.filter(({ name }) => names.has(name));
    return {
      text,
      depends_on: of.map(({ name }) => name),
      evaluations: evaluationsBy(of, trials),
    };
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** How a successive halving goes, for people. */
export function halvingText(bars: number, trials: number): string {
  const counts = rungCounts(trials);
  const rungs = rungBars(bars).map((some, rung) => `${counts[rung]} trials on ${some} bars`);
  return `${RUNGS} rungs, the best 1/${ETA} go on: ${rungs.join(", ")}`;
}
