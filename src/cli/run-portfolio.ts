import { loadDataset } from "../data/index.ts";
import { fail } from "../diagnostics/index.ts";
import {
  backtestPortfolio,
  type PortfolioBacktest,
  type PortfolioSeries,
  portfolioLoadOptions,
  portfolioSummary,
} from "../portfolio/index.ts";
import type { Program } from "../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../program/script-program.ts";
import { compileStrategy } from "./compile-document.ts";
import type { Context } from "./context.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { keepInputs } from "./keep-inputs.ts";
import type { PortfolioOptions } from "./portfolio.ts";
import { documentName } from "./read-document.ts";
import { reportDiagnostics } from "./report-errors.ts";
import { runOptionsOf } from "./run-options.ts";
import { shellCommand } from "./shell-command.ts";
import { VERSION } from "./version.ts";
import { writeFileWhole } from "./write-file.ts";
import { checkTablePath, writeTable } from "./write-table.ts";

/** Compiles the documents, loads each symbol, runs them on one account, writes the files and prints the result. */
export async function runPortfolio(
  strategy: string | undefined,
  options: PortfolioOptions,
  context: Context,
): Promise<void> {
  const { symbols, data: sources } = options;
  for (const path of [options.trades, options.equity]) if (path !== undefined) checkTablePath(path);
  if (sources.length !== 1 && sources.length !== symbols.length)
    fail("portfolio_sources", { sources: sources.length, symbols: symbols.length });
  const own = rulesBySymbol(options);
  const { trades, equity, report } = options;
  keepInputs([strategy, ...own.values(), ...sources], [trades, equity, report]);
  const programs = new Map<string, Program | ScriptProgram>();
  const texts = new Map<string, string>();
  for (const path of new Set([...(strategy === undefined ? [] : [strategy]), ...own.values()])) {
    const settings = { json: options.json === true, warn: false };
    const compiled = await compileStrategy(path, settings, context);
    if (compiled === null) return;
    programs.set(path, compiled.program);
    texts.set(path, compiled.text);
  }

  const forAll = strategy === undefined ? null : programs.get(strategy)!;
  const { data: _, ...flags } = options;
  const runOptions = runOptionsOf(flags);
  const series: PortfolioSeries[] = [];
  for (const [k, symbol] of symbols.entries()) {
    const path = own.get(symbol);
    const program = path === undefined ? forAll : programs.get(path)!;
    if (program === null) fail("portfolio_without_rules", { symbols: [symbol] });
    if (isScriptProgram(program)) fail("portfolio_script", { symbols: [symbol] });
    const load = portfolioLoadOptions(program, symbol, runOptions);
    const loaded = await loadDataset(sources[k] ?? sources[0]!, load);
    const unnamed = loaded.state === "ok" && loaded.available.length === 0;
    if (unnamed && sources.length < symbols.length)
      fail("portfolio_one_series", { source: sources[0]!, symbols });
    series.push({ symbol, data: loaded, program });
  }
  if (options.snapshot !== undefined) await snapshot(options.snapshot, series);
  const done = backtestPortfolio(forAll, series, runOptions);
  const { result } = done;
  const title = strategy === undefined ? "portfolio" : documentName(strategy);
  if (result.metrics !== null) {
    if (options.save !== undefined) {
      const paths = symbols.map((symbol) => own.get(symbol) ?? strategy!);
      await keep(options.save, title, paths, texts, done);
    }
    await writeOutputs(done, { title, text: documents(texts) }, options);
  }
  const { io, exit } = context;
  if (options.json) io.out.write(`${JSON.stringify(result)}\n`);
  else if (result.metrics !== null) {
    io.out.write(portfolioSummary(result, title, { color: io.outColor }));
  }
  if (result.metrics !== null) return;
  const said = result.reason === null ? result.warnings : [...result.warnings, result.reason];
  reportDiagnostics(said, undefined, io);
  exit(EXIT_CODES.user.code);
}

async function snapshot(path: string, series: readonly PortfolioSeries[]): Promise<void> {
  const { snapshotDataset } = await import("../data/postgres/snapshot.ts");
  for (const { data } of series) {
    if ("state" in data && data.state === "ok") await snapshotDataset(data, path);
  }
}

/** @param paths the document of each symbol */
async function keep(
  database: string,
  name: string,
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
  done: PortfolioBacktest,
): Promise<void> {
  const { portfolioRecord, savePortfolio } = await import("../runs/index.ts");
  const strategies = paths.map((path) => {
    const text = texts.get(path)!;
    return { name: documentName(path), language: "json" as const, text };
  });
  await savePortfolio(database, portfolioRecord(name, strategies, done, shellCommand()));
}

/** One text as it is; several with the names of their files. */
function documents(texts: ReadonlyMap<string, string>): string {
  const all = [...texts];
  if (all.length === 1) return all[0]![1];
  return all.map(([path, text]) => `${documentName(path)}\n\n${text}`).join("\n\n");
}

async function writeOutputs(
  done: PortfolioBacktest,
  { title, text }: { readonly title: string; readonly text: string },
  { trades, equity, report, trials }: PortfolioOptions,
): Promise<void> {
  if (trades !== undefined) writeTable(trades, done.trades);
  if (equity !== undefined) writeTable(equity, done.equity);
  if (report === undefined) return;
  const { portfolioReportPage } = await import("../portfolio/report-page.ts");
  const page = await portfolioReportPage(done, {
    title,
    text,
    version: VERSION,
    command: shellCommand(),
    validation: trials === undefined ? {} : { trials },
  });
  writeFileWhole(report, page);
}

/** Of `SYMBOL=FILE`; a symbol may itself hold a "=". */
function rulesBySymbol({ rules = [], symbols }: PortfolioOptions): ReadonlyMap<string, string> {
  return new Map(
    rules.map((text) => {
      const fitting = symbols.filter((symbol) => text.startsWith(`${symbol}=`));
      const [symbol] = fitting.sort((a, b) => b.length - a.length);
      if (symbol === undefined) return fail("portfolio_rules_symbol", { text, symbols });
      return [symbol, text.slice(symbol.length + 1)] as const;
    }),
  );
}
