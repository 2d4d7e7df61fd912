import { type Dataset, loadDataset } from "../data/index.ts";
import { diagnose, fail, SwymcError } from "../diagnostics/index.ts";
import { type Backtest, backtest, loadOptionsOf } from "../program/backtest.ts";
import { isScriptProgram } from "../program/script-program.ts";
import { comparison, summary } from "../report/index.ts";
import { downsample } from "../stats/index.ts";
import type { BacktestOptions } from "./backtest.ts";
import { type CompiledStrategy, compileStrategy } from "./compile-document.ts";
import type { Context } from "./context.ts";
import { equityCurve } from "./equity-curve.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { keepInputs } from "./keep-inputs.ts";
import { loadBenchmark } from "./load-benchmark.ts";
import { documentName } from "./read-document.ts";
import { reportDiagnostics } from "./report-errors.ts";
import { runOptionsOf } from "./run-options.ts";
import { shellCommand } from "./shell-command.ts";
import { VERSION } from "./version.ts";
import { writeFileWhole } from "./write-file.ts";
import { checkTablePath, takeRows, writeTable } from "./write-table.ts";

/** Compiles each document, loads the bars, runs them, writes the files and prints the results. */
export async function runBacktests(
  paths: readonly string[],
  options: BacktestOptions,
  context: Context,
): Promise<void> {
  checkOutputs(paths, options);
  const runs: StrategyRun[] = [];
  const loaded = new Map<string, Dataset>();
  for (const path of paths) {
    const run = await runStrategy(path, options, loaded, context);
    if (run === null) return;
    runs.push(run);
  }
  if (options.save !== undefined) await keep(options.save, runs);
  for (const run of runs) await writeOutputs(run, options);
  print(runs, options, context);
}

/** A strategy, and what came of it. */
interface StrategyRun extends CompiledStrategy {
  readonly name: string;
  readonly done: Backtest;
}

/** @param loaded datasets by what was asked of the source: several strategies on the same bars load them once */
async function runStrategy(
  path: string,
  options: BacktestOptions,
  loaded: Map<string, Dataset>,
  context: Context,
): Promise<StrategyRun | null> {
  const compiled = await compileStrategy(
    path,
    { json: options.json === true, warn: false },
    context,
  );
  if (compiled === null) return null;
  const runOptions = runOptionsOf(options);
  const load = loadOptionsOf(compiled.program, runOptions);
  const key = JSON.stringify(load);
  const dataset = loaded.get(key) ?? (await loadDataset(options.data, load));
  loaded.set(key, dataset);
  if (options.snapshot !== undefined && dataset.state === "ok") {
    const { snapshotDataset } = await import("../data/postgres/snapshot.ts");
    await snapshotDataset(dataset, options.snapshot);
  }
  const asked = options.benchmark;
  const done = backtest(compiled.program, dataset, {
    ...runOptions,
    ...(asked === undefined ? {} : { benchmark: await loadBenchmark(asked, options.data, load) }),
  });
  return { ...compiled, name: documentName(path), done };
}

async function keep(path: string, runs: readonly StrategyRun[]): Promise<void> {
  const { runRecord, saveRuns } = await import("../runs/index.ts");
  const command = shellCommand();
  const records = runs
    .filter(({ done }) => done.result.metrics !== null)
    .map(({ name, text, program, done }) => {
      const language = isScriptProgram(program) ? "text" : "json";
      return runRecord({ name, language, text }, done, command);
    });
  await saveRuns(path, records);
}

async function writeOutputs(
  { name, text, program, done }: StrategyRun,
  options: BacktestOptions,
): Promise<void> {
  if (done.result.metrics === null) return;
  if (options.trades !== undefined) writeTable(options.trades, done.trades);
  if (options.equity !== undefined) {
    writeTable(options.equity, sampled(done.equity, options.samples));
  }
  if (options.report === undefined) return;
  const { backtestPage } = await import("../program/report/report-page.ts");
  const page = await backtestPage(program, done, {
    title: name,
    text,
    version: VERSION,
    command: shellCommand(),
    validation: options.trials === undefined ? {} : { trials: options.trials },
  });
  writeFileWhole(options.report, page);
}

/** One result as such; several side by side, in JSON as an array. */
function print(
  runs: readonly StrategyRun[],
  options: BacktestOptions,
  { io, exit }: Context,
): void {
  const results = runs.map(({ done }) => done.result);
  const [only] = runs;
  if (options.json) {
    io.out.write(`${JSON.stringify(runs.length === 1 ? results[0] : results)}\n`);
  } else if (runs.length > 1) {
    const columns = runs.map(({ name, done }) => ({ ...done.result, name }));
    io.out.write(comparison(columns));
  } else if (only!.done.result.metrics !== null) {
    const curve = equityCurve(only!.done.run.equity);
    io.out.write(summary(only!.done.result, only!.name, { color: io.outColor, curve }));
  }
  for (const result of results) {
    if (result.metrics !== null) continue;
    const said = result.reason === null ? result.warnings : [...result.warnings, result.reason];
    reportDiagnostics(said, undefined, io);
    exit(EXIT_CODES.user.code);
  }
}

function checkOutputs(
  paths: readonly string[],
  { data, benchmark, trades, equity, report, snapshot, samples }: BacktestOptions,
): void {
  keepInputs([...paths, data, benchmark], [trades, equity, report]);
  const single = {
    "--trades": trades,
    "--equity": equity,
    "--report": report,
    "--snapshot": snapshot,
  };
  for (const [option, value] of Object.entries(single)) {
    if (value !== undefined && paths.length > 1) fail("one_strategy_only", { option });
  }
  for (const path of [trades, equity]) if (path !== undefined) checkTablePath(path);
  if (samples !== undefined && equity === undefined) {
    throw new SwymcError([diagnose("samples_without_equity", {})]);
  }
}

function sampled(equity: Backtest["equity"], samples: number | undefined): Backtest["equity"] {
  if (samples === undefined) return equity;
  return takeRows(equity, downsample(equity.getChild("equity")!.toArray(), samples));
}
