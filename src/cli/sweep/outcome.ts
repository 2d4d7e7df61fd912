import { escapeTerminal } from "../../diagnostics/index.ts";
import { alignedTable } from "../../report/aligned-table.ts";
import { ansi } from "../../report/ansi.ts";
import {
  count,
  decimal,
  percent,
  plain,
  signedPercent,
  UNDEFINED_VALUE,
} from "../../report/format.ts";
import { METRICS, type MetricName } from "../../stats/metric-table.ts";
import { SWEEP_METRICS } from "../../sweep/engine/sweep-metrics.ts";
import { windowText } from "../../sweep/jobs/windows.ts";
import type { TrialRecord } from "../../sweep/online/top-trials.ts";
import { columnOf } from "../../sweep/rows/columns.ts";
import { strategyIds } from "../../sweep/rows/strategy-ids.ts";
import type { SweepPlan } from "../../sweep/run/sweep-plan.ts";
import type { SweepOutcome } from "../../sweep/run-sweep.ts";
import { shownValue } from "../../sweep/space/swept-param.ts";

/** Metrics of the table of the best, beside the objective. */
const SHOWN: readonly MetricName[] = [
  "total_return",
  "cagr",
  "sharpe",
  "max_drawdown",
  "trades",
  "win_rate",
  "profit_factor",
];
/** Shares of the trials by their names in JSON. */
const QUANTILES = {
  least: 0,
  q05: 0.05,
  q25: 0.25,
  median: 0.5,
  q75: 0.75,
  q95: 0.95,
  greatest: 1,
} as const;
const HEADS: Partial<Record<MetricName, string>> = {
  total_return: "return",
  max_drawdown: "drawdown",
  win_rate: "win rate",
  profit_factor: "profit f.",
};

/** The outcome of a sweep for people. */
export function outcomeText(
  plan: SweepPlan,
  outcome: SweepOutcome,
  { color }: { readonly color: boolean },
): string {
  const paint = ansi(color);
  const { objective, strategies, jobs } = plan;
  const names = strategies.map(({ name }) => escapeTerminal(name)).join(", ");
  const sources = [...new Set(jobs.map(({ series }) => series.source))]
    .map(escapeTerminal)
    .join(", ");
  const places = new Set(
    jobs.map(({ series, window }) =>
      JSON.stringify([series.source, series.symbol, series.interval, window]),
    ),
  ).size;
  return [
    paint.bold(`${names} on ${sources}`),
    `${count(outcome.trials, "trial")}${outcome.complete ? "" : ` of ${decimal(plan.total.trials, 0)}, stopped`}${places > 1 ? ` over ${decimal(places, 0)} series and windows` : ""}: ${percentOf(outcome.gaining, outcome.trials)} gain, ${percentOf(outcome.withoutTrades, outcome.trials)} never trade`,
    quantileLine(outcome, objective.text),
    "",
    ...topTable(plan, outcome.top).map((line, k) => (k === 0 ? paint.dim(line) : line)),
    "",
  ].join("\n");
}

/** The outcome as plain JSON; schemas/sweep-result.schema.json describes it. */
export function outcomeObject(plan: SweepPlan, outcome: SweepOutcome) {
  const { objective, total, search, manifest } = plan;
  return {
    state: outcome.complete ? "ok" : "interrupted",
    trials: outcome.trials,
    planned: total.trials,
    stored: outcome.stored,
    ...{ search, samples: manifest.samples, seed: manifest.seed },
    objective: { text: objective.text, direction: objective.direction },
    gaining: outcome.gaining,
    without_trades: outcome.withoutTrades,
    quantiles: Object.fromEntries(
      Object.entries(QUANTILES).map(([name, q]) => [
        name,
        numberOrNull(outcome.objective.quantile(q)),
      ]),
    ),
    top: outcome.top.map((record) => recordObject(plan, record)),
    settings: manifest.options,
    warnings: outcome.warnings,
  };
}

function recordObject(plan: SweepPlan, { trial, job, params, metrics, state, value }: TrialRecord) {
  const { strategy, series, window, rung } = job;
  const idOf = strategyIds(strategy.program, plan.options.params);
  return {
    ...{ trial, state, strategy: strategy.name, strategy_id: idOf(params, 0) },
    ...{ source: series.source, symbol: series.symbol, interval: series.interval },
    window: window === null ? null : windowText(window),
    rung,
    objective: numberOrNull(value),
    params: Object.fromEntries(
      strategy.space.axes.map(({ name, index }) => [
        name,
        shownValue(strategy.space.params[index]!, params[index]!),
      ]),
    ),
    metrics: Object.fromEntries(
      (plan.metrics ?? SWEEP_METRICS).map((name) => [
        name,
        numberOrNull(metrics[SWEEP_METRICS.indexOf(name)]!),
      ]),
    ),
  };
}

function quantileLine({ objective, trials }: SweepOutcome, text: string): string {
  if (objective.count === 0) return `${escapeTerminal(text)} is undefined for every trial`;
  const values = Object.values(QUANTILES).map((q) => short(objective.quantile(q)));
  const defined = objective.count === trials ? "" : ` of ${decimal(objective.count, 0)} trials`;
  return `${escapeTerminal(text)}${defined}: least ${values[0]}, 5 % ${values[1]}, 25 % ${values[2]}, median ${values[3]}, 75 % ${values[4]}, 95 % ${values[5]}, greatest ${values[6]}`;
}

function topTable(plan: SweepPlan, top: readonly TrialRecord[]): string[] {
  if (top.length === 0) return [];
  const { jobs, strategies, objective } = plan;
  const shown = plan.metrics ?? SHOWN;
  const varies = (of: (job: TrialRecord["job"]) => unknown) => new Set(jobs.map(of)).size > 1;
  const axes = [...new Set(strategies.flatMap(({ space }) => space.axes.map(({ name }) => name)))];
  const columns: Column[] = [
    { head: "trial", cell: ({ trial }) => decimal(trial, 0), left: false },
    ...axes.map(
      (name): Column => ({
        head: shortName(name),
        cell: (one) => paramText(one, name),
        left: false,
      }),
    ),
    ...(strategies.length > 1 ? [text("strategy", ({ job }) => job.strategy.name)] : []),
    ...(varies(({ series }) => series.source)
      ? [text("source", ({ job }) => job.series.source)]
      : []),
    ...(varies(({ series }) => series.symbol)
      ? [text("symbol", ({ job }) => job.series.symbol)]
      : []),
    ...(varies(({ series }) => series.interval)
      ? [text("interval", ({ job }) => job.series.interval)]
      : []),
    ...(varies(({ window }) => window?.from)
      ? [text("window", ({ job }) => job.window && windowText(job.window))]
      : []),
    ...(objective.metric !== null && shown.includes(objective.metric)
      ? []
      : [
          {
            head: shortName(objective.text),
            cell: (one: TrialRecord) => short(one.value),
            left: false,
          },
        ]),
    ...shown.map(
      (name): Column => ({
        head: HEADS[name] ?? name,
        cell: (one) => metricText(one, name),
        left: false,
      }),
    ),
  ];
  const rows = [
    columns.map(({ head }) => head),
    ...top.map((one) => columns.map(({ cell }) => cell(one))),
  ];
  return alignedTable(rows, { left: (column) => columns[column]!.left });
}

interface Column {
  readonly head: string;
  readonly cell: (record: TrialRecord) => string;
  readonly left: boolean;
}

function text(head: string, of: (record: TrialRecord) => string | null): Column {
  return { head, cell: (record) => escapeTerminal(of(record) ?? UNDEFINED_VALUE), left: true };
}

function paramText({ job, params }: TrialRecord, name: string): string {
  const { axes, params: own } = job.strategy.space;
  const axis = axes.find((one) => one.name === name);
  if (axis === undefined) return "";
  const value = shownValue(own[axis.index]!, params[axis.index]!);
  return typeof value === "number" ? plain(value) : escapeTerminal(value);
}

function metricText({ metrics }: TrialRecord, name: MetricName): string {
  const value = metrics[SWEEP_METRICS.indexOf(name)]!;
  if (Number.isNaN(value)) return UNDEFINED_VALUE;
  const { unit } = METRICS.find((metric) => metric.name === name)!;
  if (name === "total_return" || name === "cagr") return signedPercent(value);
  if (unit === "fraction" || unit === "fraction per year") return percent(value);
  return unit === "count" ? decimal(value, 0) : decimal(value);
}

/** The end of a long name, as of a pointer, which tells more than its beginning. */
function shortName(name: string): string {
  const safe = escapeTerminal(columnOf(name) === name ? name : name);
  return safe.length <= 24 ? safe : `…${safe.slice(-23)}`;
}

function percentOf(part: number, whole: number): string {
  return whole === 0 ? "0 %" : percent(part / whole, 1);
}

function short(value: number): string {
  return Number.isNaN(value) ? UNDEFINED_VALUE : plain(Number(value.toPrecision(4)));
}

function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
