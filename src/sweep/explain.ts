import { printLogic } from "../ir/text.ts";
import { isScriptProgram } from "../program/script-program.ts";
import type { Bars } from "../vector/columns.ts";
import { createEngine } from "./engine/create-engine.ts";
import { KEPT_BYTES } from "./engine/kept-columns.ts";
import { SWEEP_METRICS } from "./engine/sweep-metrics.ts";
import { explainColumns } from "./explain-script.ts";
import type { SweptStrategy } from "./jobs/job.ts";
import { MAX_BATCH } from "./run/batch-size.ts";
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
    /** Bytes that each thread needs for columns, where every distinct node of the first strategy is kept as one. */
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
  /** Distinct tuples of those parameters, before conditions. */
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
  const columns = (explained[0]?.nodes ?? []).reduce(
    (sum, { evaluations }) => sum + evaluations,
    0,
  );
  const longest = Math.max(...barsOf);
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
      rows: 2 * threads * Math.min(MAX_BATCH, plan.total.trials) * width * 8,
      columns_per_thread: isScriptProgram(first.strategy.program)
        ? Math.min(columns * longest * 8, KEPT_BYTES)
        : Math.min(columns, 1e6) * longest * 8,
    },
  };
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
    const nodes = explainNodes(printLogic(program.ir), axes);
    return { name, axes, trials, nodes, columns: null };
  }
  const nodes = explainColumns(program, axes, trials);
  const evaluations = nodes.reduce((sum, node) => sum + Math.min(trials, node.evaluations), 0);
  return { name, axes, trials, nodes, columns: { per_trial: nodes.length, evaluations } };
}

/** Reads off the text of the logic which parameters each node depends on. */
function explainNodes(
  logic: string,
  axes: readonly { readonly name: string; readonly values: number | null }[],
): NodeExplanation[] {
  const depends = new Map<string, ReadonlySet<string>>();
  return logic
    .split("\n")
    .filter((line) => line.startsWith("%"))
    .map((text) => {
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
        evaluations: of.reduce((product, { values }) => product * (values ?? 1), 1),
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
