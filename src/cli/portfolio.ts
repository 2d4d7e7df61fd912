import type { Command } from "commander";
import {
  type BacktestOptions,
  defineBarOptions,
  defineRunOptions,
  defineTrials,
} from "./backtest.ts";
import type { Context } from "./context.ts";
import { defineExecutionOptions } from "./execution-options.ts";

export interface PortfolioOptions
  extends Omit<BacktestOptions, "data" | "symbol" | "samples" | "benchmark"> {
  readonly data: readonly string[];
  readonly symbols: readonly string[];
  /** `SYMBOL=FILE` as given. */
  readonly rules?: readonly string[];
}

const EXAMPLES = `
All symbols trade from one cash account. Orders of one bar fill in this order: those against a position first, then the
others, each in the order of --symbols. Shares of equity are shares of the whole account; an order that its cash cannot
pay is refused and counted. --data stands once, or once per symbol in the order of --symbols. See docs/portfolio.md.

Examples:
  $ swymc portfolio rules.json --data market.duckdb --symbols BTCUSDT,ETHUSDT,SOLUSDT --interval 1h
  $ swymc portfolio rules.json --data btc.csv --data eth.csv --symbols BTC,ETH --commission 0.1 --cash 50000
  $ swymc portfolio rules.json --data market.duckdb --symbols BTCUSDT,ETHUSDT --rules ETHUSDT=reversal.json
  $ swymc portfolio rules.json --data market.duckdb --symbols BTCUSDT,ETHUSDT --json --trades trades.csv --equity equity.csv`;

/** `swymc portfolio STRATEGY --data SOURCE --symbols A,B`: several symbols on one cash account. */
export function definePortfolio(program: Command, context: Context): void {
  const command = program
    .command("portfolio")
    .description("Backtest several symbols on one cash account.")
    .argument(
      "[strategy]",
      "rule document for every symbol without --rules; - reads standard input",
    )
    .requiredOption(
      "--data <SOURCE>",
      "CSV (also .gz), Parquet or Arrow file, DuckDB database, or postgres://…; once, or once per symbol",
      collected,
    )
    .requiredOption("--symbols <LIST>", "symbols to trade, in the order of their fills", symbolsOf)
    .option("--rules <SYMBOL=FILE>", "rule document of one symbol; repeatable", collected)
    .optionsGroup("Data:");
  defineBarOptions(command);
  command.option("--snapshot <FILE>", "keep the bars that were read in a DuckDB database");
  defineRunOptions(command);
  defineExecutionOptions(command);
  command
    .optionsGroup("Output:")
    .option("--json", "print one JSON object, described by schemas/portfolio-result.schema.json")
    .option("--report <FILE>", "write a page with charts, trades and tests, which opens offline");
  defineTrials(command)
    .option("--trades <FILE>", "write the trades, as .csv or .arrow")
    .option("--equity <FILE>", "write equity and benchmark, as .csv or .arrow")
    .option("--save <FILE>", "keep the run in a database of runs, see `swymc runs`")
    .addHelpText("after", EXAMPLES)
    .action(async (strategy: string | undefined, options: PortfolioOptions) => {
      const { runPortfolio } = await import("./run-portfolio.ts");
      await runPortfolio(strategy, options, context);
    });
}

function collected(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function symbolsOf(text: string, before: readonly string[] = []): string[] {
  const names = text.split(",").map((name) => name.trim());
  return [...before, ...names.filter((name) => name !== "")];
}
