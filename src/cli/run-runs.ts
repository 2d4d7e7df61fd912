import { diagnose, escapeTerminal } from "../diagnostics/index.ts";
import { portfolioSummary } from "../portfolio/index.ts";
import { alignedTable } from "../report/aligned-table.ts";
import { decimal, formatMetric, minute, signedPercent, UNDEFINED_VALUE } from "../report/format.ts";
import { type Compared, comparison, summary } from "../report/index.ts";
import {
  type Found,
  findRuns,
  type Kept,
  type KeptSweep,
  listRuns,
  type RunRow,
  removeRuns,
} from "../runs/index.ts";
import { METRICS } from "../stats/index.ts";
import type { Context } from "./context.ts";
import { equityCurve } from "./equity-curve.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { reportDiagnostics } from "./report-errors.ts";
import type { RunsOptions } from "./runs.ts";

/** Digits of an id that a listing shows. */
const SHOWN = 12;

export async function runList({ db, strategy, json }: RunsOptions, { io }: Context): Promise<void> {
  const runs = await listRuns(db, strategy ?? null);
  if (json) io.out.write(`${JSON.stringify(runs)}\n`);
  else if (runs.length === 0) io.out.write("No runs.\n");
  else io.out.write(`${alignedTable([HEAD, ...runs.map(listed)]).join("\n")}\n`);
}

export async function runShow(id: string, options: RunsOptions, context: Context): Promise<void> {
  const { io } = context;
  const runs = await found([id], options, context);
  if (runs === null) return;
  const run = runs[0]!;
  if (options.json) {
    io.out.write(`${JSON.stringify(run)}\n`);
    return;
  }
  if (run.kind === "sweep") {
    io.out.write(sweepText(run));
    return;
  }
  io.out.write(keptSummary(run, io.outColor));
  io.out.write(`run ${run.id.slice(0, SHOWN)} · saved ${minute(run.created_at)} UTC\n`);
  if (run.command !== null) io.out.write(`again: ${escapeTerminal(run.command)}\n`);
}

export async function runCompare(
  ids: readonly string[],
  options: RunsOptions,
  context: Context,
): Promise<void> {
  const runs = await found(ids, options, context);
  if (runs === null) return;
  const columns = runs.map(compared);
  context.io.out.write(options.json ? `${JSON.stringify(runs)}\n` : comparison(columns));
}

export async function runRemove(
  ids: readonly string[],
  options: RunsOptions,
  context: Context,
): Promise<void> {
  const runs = await found(ids, options, context);
  if (runs === null) return;
  const removed = await removeRuns(
    options.db,
    runs.map(({ id }) => id),
  );
  const { io } = context;
  io.out.write(options.json ? `${JSON.stringify({ removed })}\n` : `${removed} removed\n`);
}

function keptSummary(run: Exclude<Kept, KeptSweep>, color: boolean): string {
  if (run.kind === "portfolio")
    return portfolioSummary({ ...run.result, trades: [] }, run.name, { color });
  const curve = equityCurve(Float64Array.from(run.equity, ({ equity }) => equity));
  return summary({ ...run.result, trades: [] }, run.name, { color, curve });
}

/** The runs of ids, in order; null where one of them is not there, which is said. */
async function found(
  ids: readonly string[],
  { db, json }: RunsOptions,
  { io, exit }: Context,
): Promise<Kept[] | null> {
  const all = await findRuns(db, ids);
  const runs = all.flatMap((one) => (one.state === "ok" ? [one.run] : []));
  if (runs.length === ids.length) return runs;
  const lacking = all.filter((one) => one.state !== "ok");
  if (json) io.out.write(`${JSON.stringify(lacking[0])}\n`);
  reportDiagnostics(lacking.map(problemOf), undefined, io);
  exit(EXIT_CODES.user.code);
  return null;
}

function problemOf(one: Exclude<Found, { state: "ok" }>) {
  const { id } = one;
  return one.state === "missing"
    ? diagnose("run_missing", { id })
    : diagnose("run_ambiguous", { id, matches: one.matches });
}

/** A sweep stands beside others with its best trial, a portfolio with the account. */
function compared(run: Kept): Compared {
  const { name, state } = run;
  if (run.kind === "backtest") return { ...run.result, name, state };
  const { symbol, interval, from, to, metrics } = run;
  const dataset = { symbol, interval, from, to };
  return { name, state, strategy_id: run.strategy_id ?? UNDEFINED_VALUE, dataset, metrics };
}

function sweepText(run: KeptSweep): string {
  const { best, metrics } = run;
  const params = Object.entries(best?.params ?? {}).map(([name, value]) => `${name} = ${value}`);
  const figures = METRICS.map(({ name, title, unit }) => [
    title,
    formatMetric(unit, metrics?.[name] ?? null),
  ]);
  const stopped = run.state === "ok" ? "" : ` of ${decimal(run.planned, 0)}, ${run.state}`;
  return [
    escapeTerminal(`${run.name}, the best of ${decimal(run.trials, 0)} trials${stopped}`),
    escapeTerminal([run.symbol, run.interval].filter((part) => part !== null).join(" · ")),
    best === null
      ? `no trial has a defined ${escapeTerminal(run.objective)}`
      : escapeTerminal(
          `trial ${best.trial}: ${params.join(", ")}; ${run.objective} ${best.objective}`,
        ),
    "",
    ...(best === null ? [] : [...alignedTable(figures, { left: (column) => column === 0 }), ""]),
    `sweep ${run.id.slice(0, SHOWN)} · saved ${minute(run.created_at)} UTC; its rows: table sweep_trials`,
    ...(run.command === null ? [] : [`again: ${escapeTerminal(run.command)}`]),
    "",
  ].join("\n");
}

const HEAD = [
  "Id",
  "Kind",
  "State",
  "Strategy",
  "Name",
  "Symbol",
  "Interval",
  "Saved",
  "Return",
  "Sharpe",
  "Trades",
  "Tried",
];

function listed(run: RunRow): string[] {
  const { metrics } = run;
  const figure = (value: number | null | undefined, text: (value: number) => string) =>
    value == null ? UNDEFINED_VALUE : text(value);
  return [
    run.id.slice(0, SHOWN),
    run.kind,
    run.state,
    (run.strategy_id ?? UNDEFINED_VALUE).slice(0, 8),
    escapeTerminal(run.name.split(/[\\/]/).pop()!),
    escapeTerminal(run.symbol ?? UNDEFINED_VALUE),
    run.interval ?? UNDEFINED_VALUE,
    minute(run.created_at),
    figure(metrics?.total_return, signedPercent),
    figure(metrics?.sharpe, (value) => value.toFixed(2)),
    figure(metrics?.trades, String),
    figure(run.trials, (n) => decimal(n, 0)),
  ];
}
