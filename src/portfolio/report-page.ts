import { collectPortfolio } from "../report/html/collect-portfolio.ts";
import { deflate } from "../report/html/deflate.ts";
import { portfolioPage } from "../report/html/page.ts";
import { type ValidationOptions, validateRun } from "../report/validation/validate-run.ts";
import type { PortfolioBacktest } from "./backtest-portfolio.ts";
import { symbolTable } from "./summary.ts";

export interface PortfolioReportOptions {
  readonly title: string;
  /** The rule documents as they were written, with the symbols they are for. */
  readonly text: string;
  readonly version: string;
  /** What repeats the run, as a shell command. */
  readonly command?: string;
  readonly validation?: ValidationOptions;
}

/** A portfolio that found bars as one self-contained page. */
export async function portfolioReportPage(
  { result, run, members, simulation, merged }: PortfolioBacktest,
  options: PortfolioReportOptions,
): Promise<string> {
  const { warnings, dataset, settings, rejections, pending_orders } = result;
  const { data, bytes } = collectPortfolio({
    title: options.title,
    version: options.version,
    command: options.command ?? null,
    strategy: { language: "json", text: options.text },
    result: {
      strategy_id: null,
      ...{ warnings, dataset, settings, rejections, pending_orders },
    },
    metrics: result.metrics!,
    run,
    validation: validateRun(run, options.validation),
    members: members.map(({ bars }, k) => ({
      symbol: result.symbols[k]!.symbol,
      bars,
      trades: simulation.members[k]!.trades,
    })),
    table: symbolTable(result),
    trades: merged,
    fillsAtClose: settings.fill === "close",
  });
  return portfolioPage(data, await deflate(bytes), dataset);
}
