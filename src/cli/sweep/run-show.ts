import { compileText } from "../../compile-text.ts";
import { summary } from "../../report/index.ts";
import { readResultRow } from "../../sweep/read-results.ts";
import { type Rerun, rerunRow } from "../../sweep/rerun.ts";
import type { Context } from "../context.ts";
import { equityCurve } from "../equity-curve.ts";
import { keepInputs } from "../keep-inputs.ts";
import { shellCommand } from "../shell-command.ts";
import { VERSION } from "../version.ts";
import { writeFileWhole } from "../write-file.ts";
import { checkTablePath, writeTable } from "../write-table.ts";
import type { ShowOptions } from "./define-show.ts";
import { checkReportPath, checkWritable, sweepOptionError } from "./option-checks.ts";

/** Runs a row of results again and prints it as `backtest` would; without a row, writes the page of the whole sweep. */
export async function runSweepShow(path: string, options: ShowOptions, context: Context) {
  checkReportPath(options.report);
  const outputs = [options.report, options.trades, options.equity];
  for (const file of outputs) checkWritable(file);
  keepInputs([path], outputs);
  const { row } = options;
  return row === undefined
    ? showSweep(path, options, context)
    : showRow(path, row, options, context);
}

async function showSweep(
  path: string,
  { report, trades, equity, json }: ShowOptions,
  { io }: Context,
): Promise<void> {
  if (report === undefined)
    throw sweepOptionError("--row", null, "K, or --report FILE for the whole sweep");
  if (trades ?? equity ?? json)
    throw sweepOptionError("--row", null, "K beside --trades, --equity and --json");
  const { writeSweepReport } = await import("./write-report.ts");
  await writeSweepReport(path, report, shellCommand(["sweep", "show", path, "--row"]), io);
  io.out.write(`${report}\n`);
}

async function showRow(
  path: string,
  row: number,
  options: ShowOptions,
  { io }: Context,
): Promise<void> {
  for (const file of [options.trades, options.equity]) if (file !== undefined) checkTablePath(file);
  const rerun = await rerunRow(path, row, compileText);
  const { result, trades, equity, strategy } = rerun;
  if (options.trades !== undefined) writeTable(options.trades, trades);
  if (options.equity !== undefined) writeTable(options.equity, equity);
  if (options.report !== undefined) await writeRowPage(path, options.report, row, rerun);
  if (options.json) io.out.write(`${JSON.stringify(result)}\n`);
  else {
    const curve = equityCurve(rerun.run.equity);
    io.out.write(summary(result, strategy, { color: io.outColor, curve }));
  }
}

/** The page of one trial; its verdict counts all trials of the sweep. */
async function writeRowPage(path: string, page: string, row: number, rerun: Rerun): Promise<void> {
  const { metadata } = await readResultRow(path, row);
  const own = metadata.manifest.strategies.find(({ name }) => name === rerun.strategy);
  const { backtestPage } = await import("../../program/report/report-page.ts");
  writeFileWhole(
    page,
    await backtestPage(rerun.program, rerun, {
      title: `${rerun.strategy}, trial ${row}`,
      text: own?.text ?? JSON.stringify(own?.document, null, 2),
      version: VERSION,
      command: shellCommand(["sweep", "show", path, "--row", String(row)]),
      validation: { trials: metadata.trials },
    }),
  );
}
