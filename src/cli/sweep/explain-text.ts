import { escapeTerminal } from "../../diagnostics/index.ts";
import { count, decimal } from "../../report/format.ts";
import { type Explanation, halvingText, type StrategyExplanation } from "../../sweep/explain.ts";
import type { SweepPlan } from "../../sweep/run/sweep-plan.ts";

/** Most nodes and jobs that are listed. */
const LISTED = 60;

/** A plan for people. */
export function explainText(plan: SweepPlan, explained: Explanation): string {
  const { strategies, memory, exact, trials, jobs } = explained;
  const { search, manifest } = plan;
  const sampled =
    manifest.samples === null
      ? ""
      : `, ${decimal(manifest.samples, 0)} samples, seed ${manifest.seed ?? 0}`;
  const bars = Math.max(...plan.jobs.map(({ setting }) => setting.bars.time.length));
  return [
    `${exact ? "" : "at most "}${count(trials, "trial")} in ${count(jobs, "job")} (strategy × series × window), ${search}${sampled}`,
    ...(search === "halving" ? [`  ${halvingText(bars, plan.counts[0]!.trials)}`] : []),
    `work: ${big(explained.bar_trials)} bars × trials, engine ${explained.engine}`,
    `memory: bars ${size(memory.bars)}, rows under way ${size(memory.rows)}, columns per thread at most ${size(memory.columns_per_thread)}`,
    ...strategies.flatMap((strategy) => {
      const axes = strategy.axes.map(
        ({ name, values }) =>
          `${escapeTerminal(name)} (${values === null ? "any" : decimal(values, 0)})`,
      );
      return [
        "",
        `${escapeTerminal(strategy.name)}: ${axes.length === 0 ? "no parameter varies" : axes.join(" × ")}, ${count(strategy.trials, "trial")} per job`,
        ...nodeLines(strategy),
      ];
    }),
    "",
  ].join("\n");
}

function nodeLines({ nodes, columns, trials }: StrategyExplanation): string[] {
  if (nodes.length === 0) return [];
  const shown = nodes.slice(0, LISTED);
  const rows = shown.map(({ text, evaluations, depends_on }) => [
    decimal(evaluations, 0),
    escapeTerminal(text),
    depends_on.length === 0 ? "" : `by ${depends_on.map(escapeTerminal).join(", ")}`,
  ]);
  const widths = [0, 1].map((c) => Math.min(70, Math.max(...rows.map((row) => row[c]!.length))));
  return [
    ...(columns === null
      ? []
      : [
          `  ${count(columns.evaluations, "column")} in place of ${decimal(columns.per_trial * trials, 0)}; the bar loop runs for each trial`,
        ]),
    `  evaluations of each ${columns === null ? "node" : "column"}, at most:`,
    ...rows.map(([n, text, by]) =>
      `  ${n!.padStart(widths[0]!)}  ${text!.padEnd(widths[1]!)}  ${by}`.trimEnd(),
    ),
    ...(nodes.length > shown.length ? [`  and ${nodes.length - shown.length} more`] : []),
  ];
}

function big(n: number): string {
  return n < 1e6 ? decimal(n, 0) : n.toExponential(2).replace("e+", "·10^");
}

function size(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KB`;
  return bytes < 1024 ** 3
    ? `${(bytes / 1024 ** 2).toFixed(1)} MB`
    : `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
