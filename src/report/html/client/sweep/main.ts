import { count, decimal } from "../../../format.ts";
import type { SweepData } from "../../sweep/sweep-data.ts";
import { choice } from "../controls.ts";
import { h, place } from "../dom.ts";
import { loadReport } from "../load.ts";
import { type SortedColumn, sortedTable } from "../sorted-table.ts";
import { findings, table } from "../tables.ts";
import { bindThemeButton } from "../theme.ts";
import { Maps } from "./maps.ts";
import { Trials } from "./model.ts";
import { Parallel } from "./parallel.ts";
import { parallelAxis } from "./parallel-axis.ts";
import { showTrial } from "./trial-panel.ts";

/** Rows of the table of the best. */
const LISTED = 500;
const PAGE = 20;
const SHOWN = [
  "total_return",
  "cagr",
  "sharpe",
  "max_drawdown",
  "trades",
  "win_rate",
  "profit_factor",
];

void start();

async function start(): Promise<void> {
  const report = await loadReport<SweepData>();
  const { data } = report;
  bindThemeButton(place("theme"));
  place("verdict").append(
    data.verdict.length > 0
      ? findings(data.verdict)
      : h("p", { class: "none" }, "No trial has a defined objective."),
  );
  place("robustness").append(findings(data.robustness));
  place("settings").append(
    table(
      ["Setting", "Value"],
      data.settings.map(([name, value]) => [name, value]),
    ),
  );
  place("strategy").append(
    ...data.strategies.flatMap(({ name, text }) => [h("h3", {}, name), h("pre", {}, text)]),
  );
  drawTrials(new Trials(report));
  document.documentElement.dataset["ready"] = "true";
}

function drawTrials(trials: Trials): void {
  const { data } = trials;
  const select = (row: number) => showTrial(trials, row);
  const open = (row: number) => {
    select(row);
    place("trial").scrollIntoView({ behavior: "smooth", block: "center" });
  };
  let shownJob = 0;
  let figure = trials.objective;
  const maps = new Maps(trials, open, (chosen) => {
    figure = chosen;
    showLines(parallel, trials, shownJob, figure);
  });
  let best: number[] = [];
  let list: ReturnType<typeof sortedTable> | null = null;
  const parallel = new Parallel((passes) => {
    list?.show(passes === null ? best.slice(0, LISTED) : best.filter(passes).slice(0, LISTED));
  });
  const showJob = (job: number) => {
    shownJob = job;
    const rows = trials.rowsOf(job);
    best = bestFirst(trials, rows);
    list = sortedTable(columnsOf(trials, job), {
      rows: best.slice(0, LISTED),
      pageSize: PAGE,
      nameOf: (row) => decimal(trials.trial[row]!, 0),
      select: open,
    });
    place("trials").replaceChildren(list.element);
    place("trials-note").textContent = trialsNote(data, job);
    maps.show(job, rows);
    showLines(parallel, trials, job, figure);
    if (best.length > 0) select(best[0]!);
  };
  if (data.jobs.length > 1) {
    const first = data.top[0]?.job ?? 0;
    place("controls-job").append(
      h(
        "div",
        { class: "controls" },
        choice(
          "Shown below",
          data.jobs.map(({ label }) => label),
          first,
          showJob,
        ),
      ),
    );
    showJob(first);
  } else if (data.jobs.length === 1) showJob(0);
}

function bestFirst({ score }: Trials, rows: Int32Array): number[] {
  return Array.from(rows)
    .filter((row) => !Number.isNaN(score[row]!))
    .sort((a, b) => score[b]! - score[a]! || a - b);
}

function trialsNote({ counts, whole, jobs, objective }: SweepData, job: number): string {
  const of = `by ${objective.text}, of ${count(jobs[job]!.trials, "trial")}`;
  return whole
    ? of
    : `${of}; the page holds ${decimal(counts.held, 0)}: the best of each cell, and some at random`;
}

function showLines(parallel: Parallel, trials: Trials, job: number, chosen: number): void {
  const { data } = trials;
  const rows = trials.rowsOf(job);
  const lines = Array.from(rows).filter((row) => trials.drawn[row] === 1);
  const figure = trials.figures[chosen]!;
  const axes = data.jobs[job]!.axes.map(({ param, logarithmic }) =>
    parallelAxis(trials.paramName(param), trials.params[param]!, rows, {
      logarithmic,
      cut: 0,
      text: (value) =>
        trials.paramText(param, data.params[param]!.labels ? Math.round(value) : value),
    }),
  );
  const last = parallelAxis(figure.title, figure.values, lines, {
    logarithmic: false,
    cut: 0.005,
    direction: figure.direction,
    text: figure.format,
  });
  const all = data.jobs[job]!.trials;
  const note =
    lines.length === all
      ? `${count(all, "trial")}, one line each`
      : `${decimal(lines.length, 0)} of ${count(all, "trial")}, drawn at random`;
  parallel.show([...axes, last], lines, note);
}

function columnsOf(trials: Trials, job: number): SortedColumn[] {
  const { data } = trials;
  const offset = trials.figures.length - data.metrics.length;
  const shown = data.metrics.flatMap(({ name }, k) => (SHOWN.includes(name) ? [offset + k] : []));
  const places = shown.includes(trials.objective) ? shown : [trials.objective, ...shown];
  return [
    ...data.jobs[job]!.axes.map(
      ({ param }): SortedColumn => ({
        title: trials.paramName(param),
        values: trials.params[param]!,
        cell: (value) => trials.paramText(param, value),
      }),
    ),
    ...places.map((k): SortedColumn => {
      const { title, values, format } = trials.figures[k]!;
      return { title, values, cell: format };
    }),
  ];
}
