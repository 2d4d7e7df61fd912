import { loadDataset } from "../data/index.ts";
import { diagnose, SwymcError } from "../diagnostics/index.ts";
import { type Backtest, backtest, loadOptionsOf } from "../program/backtest.ts";
import { summary } from "../report/index.ts";
import { downsample } from "../stats/index.ts";
import type { BacktestOptions } from "./backtest.ts";
import { compileStrategy } from "./compile-document.ts";
import type { Context } from "./context.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { documentName } from "./read-document.ts";
import { reportDiagnostics } from "./report-errors.ts";
import { runOptionsOf } from "./run-options.ts";
import { shellCommand } from "./shell-command.ts";
import { VERSION } from "./version.ts";
import { writeFileWhole } from "./write-file.ts";
import { checkTablePath, takeRows, writeTable } from "./write-table.ts";

/** Compiles the document, loads the bars it needs, runs it, writes the files and prints the result. */
export async function runBacktest(path: string, options: BacktestOptions, context: Context) {
  const { io, exit } = context;
  checkOutputs(options);
  const compiled = await compileStrategy(
    path,
    { json: options.json === true, warn: false },
    context,
  );
  if (compiled === null) return;
  const { program, text } = compiled;

  const runOptions = runOptionsOf(options);
  const dataset = await loadDataset(options.data, loadOptionsOf(program, runOptions));
  if (options.snapshot !== undefined && dataset.state === "ok") {
    const { snapshotDataset } = await import("../data/postgres/snapshot.ts");
    await snapshotDataset(dataset, options.snapshot);
  }
  const done = backtest(program, dataset, runOptions);
  const { result, trades, equity } = done;

  const found = result.metrics !== null;
  if (found && options.trades !== undefined) writeTable(options.trades, trades);
  if (found && options.equity !== undefined) {
    writeTable(options.equity, sampled(equity, options.samples));
  }
  if (found && options.report !== undefined) {
    const { backtestPage } = await import("../program/report/report-page.ts");
    const page = backtestPage(program, done, {
      title: documentName(path),
      text,
      version: VERSION,
      command: shellCommand(),
      validation: options.trials === undefined ? {} : { trials: options.trials },
    });
    writeFileWhole(options.report, page);
  }
  if (options.json) io.out.write(`${JSON.stringify(result)}\n`);
  else if (found) io.out.write(summary(result, documentName(path), { color: io.outColor }));
  if (!found) {
    const said = result.reason === null ? result.warnings : [...result.warnings, result.reason];
    reportDiagnostics(said, undefined, io);
    exit(EXIT_CODES.user.code);
  }
}

function checkOutputs({ trades, equity, samples }: BacktestOptions): void {
  for (const path of [trades, equity]) if (path !== undefined) checkTablePath(path);
  if (samples !== undefined && equity === undefined) {
    throw new SwymcError([diagnose("samples_without_equity", {})]);
  }
}

function sampled(equity: Backtest["equity"], samples: number | undefined): Backtest["equity"] {
  if (samples === undefined) return equity;
  return takeRows(equity, downsample(equity.getChild("equity")!.toArray(), samples));
}
