import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isScriptProgram } from "../../program/script-program.ts";
import { count } from "../../report/format.ts";
import { explainSweep } from "../../sweep/explain.ts";
import { HeatGrid } from "../../sweep/heatmap/heat-grid.ts";
import { heatPage } from "../../sweep/heatmap/html.ts";
import { heatLines } from "../../sweep/heatmap/terminal.ts";
import { parseWindows } from "../../sweep/jobs/windows.ts";
import { planSweep, type SweepRequest } from "../../sweep/plan-sweep.ts";
import { checkResultsPath } from "../../sweep/rows/write-results.ts";
import { defaultThreads } from "../../sweep/run/default-threads.ts";
import type { SweepPlan } from "../../sweep/run/sweep-plan.ts";
import { runSweep, type SweepOutcome, type SweepRows } from "../../sweep/run-sweep.ts";
import type { Context } from "../context.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { keepInputs } from "../keep-inputs.ts";
import { reportDiagnostics } from "../report-errors.ts";
import { runOptionsOf } from "../run-options.ts";
import { shellCommand } from "../shell-command.ts";
import type { SweepOptions } from "../sweep.ts";
import { writeFileWhole } from "../write-file.ts";
import { explainText } from "./explain-text.ts";
import { checkReportPath, checkWritable, sweepOptionError } from "./option-checks.ts";
import { outcomeObject, outcomeText } from "./outcome.ts";
import { readStrategies } from "./read-strategies.ts";
import { rateText, sweepProgress, timeText } from "./sweep-progress.ts";

/** Plans the sweep, then says what it would do, or runs it and shows the best. */
export async function runSweepCommand(
  paths: readonly string[],
  options: SweepOptions,
  context: Context,
): Promise<void> {
  checkOutputs(paths, options);
  const strategies = await readStrategies(paths, options.json === true, context);
  if (strategies === null) return;
  const { symbols, windows, interval, param, ...rest } = options;
  const plan = await planSweep({
    ...{ strategies, symbols, intervals: interval, params: param },
    sources: options.data ?? [],
    windows: windows === undefined ? undefined : parseWindows(windows),
    where: options.where,
    search: options.search,
    samples: options.samples,
    seed: options.seed,
    objective: options.objective,
    metrics: options.metrics,
    engine: options.engine,
    options: runOptionsOf(rest as never),
  });
  const threads = options.threads ?? defaultThreads(plan);
  if (options.explain) {
    const explained = explainSweep(plan, threads);
    context.io.out.write(
      options.json ? `${JSON.stringify(explained)}\n` : explainText(plan, explained),
    );
    return;
  }
  await withResults(options, (out) => run(plan, { threads, out, strategies }, options, context));
}

/** A report and a kept sweep are made from a file of results: where none is asked for, one that is removed again. */
async function withResults(
  { out, report, save }: SweepOptions,
  use: (out: string | null) => Promise<void>,
): Promise<void> {
  if (out !== undefined || (report ?? save) === undefined) return use(out ?? null);
  const folder = mkdtempSync(join(tmpdir(), "swymc-sweep-"));
  try {
    await use(join(folder, "results.parquet"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  plan: SweepPlan,
  { threads, out, strategies }: RunInput,
  options: SweepOptions,
  { io, exit }: Context,
): Promise<void> {
  const heat = options.heatmap === undefined ? null : new HeatGrid(plan, options.heatmapOf ?? null);
  const progress = sweepProgress(io, plan.total);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  // Once: a second Ctrl-C ends the process as usual, and the journal stays.
  process.once("SIGINT", interrupt);
  const begun = performance.now();
  let outcome: SweepOutcome;
  try {
    outcome = await runSweep(plan, {
      ...{
        threads,
        top: options.save === undefined ? options.top : Math.max(1, options.top),
        heat,
        signal: stop.signal,
      },
      out,
      resume: options.resume === true,
      command: ["swymc", ...process.argv.slice(2)],
      onProgress: progress.step,
      ...(options.save === undefined ? {} : { keep: keeper(options.save, plan, strategies) }),
    });
  } finally {
    process.removeListener("SIGINT", interrupt);
    progress.end();
  }
  const seconds = (performance.now() - begun) / 1000;
  if (options.json) {
    const map = heat === null ? null : heatObject(heat);
    const object = { ...outcomeObject(plan, outcome), heatmap: map, out: options.out ?? null };
    io.out.write(`${JSON.stringify(object)}\n`);
  } else {
    reportDiagnostics(outcome.warnings, undefined, io);
    io.out.write(outcomeText(plan, outcome, { color: io.outColor }));
    if (heat !== null && options.heatmap === true) {
      io.out.write(`\n${heatLines(heat.map(), { color: io.outColor }).join("\n")}\n`);
    }
  }
  if (heat !== null && typeof options.heatmap === "string")
    writeHeatPage(options.heatmap, plan, outcome, heat);
  if (options.report !== undefined && out !== null && outcome.trials > 0) {
    const { writeSweepReport } = await import("./write-report.ts");
    await writeSweepReport(out, options.report, rerunCommand(options.out), io);
  }
  io.err.write(`${closing(outcome, seconds, options)}\n`);
  if (!outcome.complete) exit(EXIT_CODES.interrupted.code);
}

interface RunInput {
  readonly threads: number;
  readonly out: string | null;
  readonly strategies: SweepRequest["strategies"];
}

/** Keeps the sweep in a database of runs. */
function keeper(path: string, plan: SweepPlan, strategies: SweepRequest["strategies"]) {
  return async ({ columns, chunks, metadata, outcome }: SweepRows): Promise<void> => {
    const { saveSweep } = await import("../../runs/index.ts");
    await saveSweep(path, {
      strategies: strategies.map(({ name, program, text }) => ({
        ...{ name, language: isScriptProgram(program) ? "text" : "json", text: text! },
      })),
      ...{ metadata, columns, chunks, command: shellCommand() },
      best: outcomeObject(plan, outcome).top[0] ?? null,
    });
  };
}

/** What runs one trial again, but for its number; where no results are kept, they have to be made first. */
function rerunCommand(out: string | undefined): string {
  const kept = out ?? "results.parquet";
  const show = shellCommand(["sweep", "show", kept, "--row"]);
  return out === undefined ? `${shellCommand()} --out ${kept} && ${show}` : show;
}

function closing(
  { trials, stored, complete }: SweepOutcome,
  seconds: number,
  { out, heatmap }: Pick<SweepOptions, "out" | "heatmap">,
): string {
  const ran = trials - stored;
  const pace = `${count(ran, "trial")} in ${timeText(seconds)}, ${rateText(ran / seconds)}`;
  const before = stored > 0 ? `; ${count(stored, "trial")} from before` : "";
  const where = out === undefined ? "" : `; rows in ${out}`;
  const map = typeof heatmap === "string" ? `; heat map in ${heatmap}` : "";
  const next = complete ? "" : out === undefined ? "; stopped" : "; stopped: --resume goes on";
  return `${pace}${before}${where}${map}${next}`;
}

function checkOutputs(paths: readonly string[], options: SweepOptions): void {
  const { data = [], out, resume, heatmap, heatmapOf, report, save, metrics } = options;
  checkReportPath(report);
  if (metrics !== undefined && report !== undefined) {
    throw sweepOptionError(
      "--metrics",
      metrics.join(","),
      "no --report beside it: its page shows all metrics",
    );
  }
  if (out !== undefined) checkResultsPath(out);
  if (resume && out === undefined) throw sweepOptionError("--resume", null, "--out FILE beside it");
  if (typeof heatmap === "string" && !/\.html?$/i.test(heatmap)) {
    throw sweepOptionError(
      "--heatmap",
      heatmap,
      "a file that ends in .html; write the strategy before --heatmap",
    );
  }
  if (heatmapOf !== undefined && heatmap === undefined) {
    throw sweepOptionError("--heatmap-of", heatmapOf.join(","), "--heatmap beside it");
  }
  const page = typeof heatmap === "string" ? heatmap : undefined;
  for (const path of [out, page, report, save]) checkWritable(path);
  keepInputs([...paths, ...data], [out, page, report]);
}

function writeHeatPage(path: string, plan: SweepPlan, outcome: SweepOutcome, heat: HeatGrid): void {
  const map = heat.map();
  const sources = [
    ...new Set(
      plan.jobs.map(({ series }) =>
        [series.source, series.symbol, series.interval].filter((part) => part !== null).join(" "),
      ),
    ),
  ];
  writeFileWhole(
    path,
    heatPage(map, {
      title: `${map.objective} by ${map.x.name} and ${map.y.name}`,
      lines: [
        `${plan.strategies.map(({ name }) => name).join(", ")} on ${sources.join(", ")}`,
        `${count(outcome.trials, "trial")}; each cell is the best of its trials${outcome.complete ? "" : "; stopped before the end"}`,
      ],
    }),
  );
}

function heatObject(heat: HeatGrid) {
  const { x, y, cells, counts } = heat.map();
  return {
    ...{ x, y },
    cells: Array.from(cells, (value) => (Number.isNaN(value) ? null : value)),
    counts: Array.from(counts),
  };
}
