import { type Command, Option } from "commander";
import { INTERVAL_NAMES, type Interval } from "../vector/interval.ts";
import { defineAccountOptions } from "./account-options.ts";
import type { Context } from "./context.ts";
import { defineExecutionOptions, type ExecutionFlags } from "./execution-options.ts";
import { numberOption } from "./number-option.ts";
import { inputOption } from "./param-option.ts";

export interface BacktestOptions extends ExecutionFlags {
  readonly data: string;
  readonly exchange?: string;
  readonly product?: string;
  readonly mode?: string;
  readonly table?: string;
  readonly symbol?: string;
  readonly interval?: Interval;
  readonly timeColumn?: string;
  readonly timeUnit?: "s" | "ms" | "us" | "ns";
  readonly timeFormat?: string;
  readonly from?: string;
  readonly to?: string;
  readonly warmup?: boolean;
  readonly param?: Readonly<Record<string, number | boolean | string>>;
  readonly tick?: number;
  readonly cash?: number;
  /** Percent of the value of a fill. */
  readonly commission?: number;
  readonly slippageBps?: number;
  readonly fill?: "next_open" | "close";
  readonly riskFreeReturn?: number;
  readonly snapshot?: string;
  readonly json?: boolean;
  readonly trades?: string;
  readonly equity?: string;
  readonly samples?: number;
  readonly report?: string;
  readonly trials?: number;
  readonly save?: string;
  readonly benchmark?: string;
}

const EXAMPLES = `
Flags override a paper-run body; the result states both. Dates without a clock time are whole
UTC days, both inclusive; a --to with a clock time is exclusive.

Examples:
  $ swymc backtest rules.json --data bars.csv
  $ swymc backtest rules.json --data bars.parquet --commission 0.1 --slippage-bps 2
  $ swymc backtest rules.json --data market.duckdb --symbol BTCUSDT --interval 1h --from 2024-01-01 --to 2024-06-30
  $ swymc backtest rules.json --data bars.csv --param fast=10 --param slow=30 --json > result.json
  $ swymc backtest rules.json --data postgres://user@host/market --table raw_klines --product um --symbol BTCUSDT --interval 1h --snapshot market.duckdb
  $ swymc backtest rules.json --data bars.csv --trades trades.csv --equity equity.csv --samples 500
  $ swymc backtest rules.json --data market.duckdb --symbol ETHUSDT --benchmark BTCUSDT
  $ swymc backtest rules.json --data bars.csv --report run.html && swymc view run.html
  $ swymc backtest trend.json reversal.json --data bars.csv --save runs.duckdb`;

/** `swymc backtest STRATEGY --data SOURCE`: runs a strategy over bars and reports what came of it. */
export function defineBacktest(program: Command, context: Context): void {
  const command = program
    .command("backtest")
    .description("Backtest a rule document over market data.")
    .argument(
      "<strategy...>",
      "rule documents, paper-run bodies or scripts; - reads standard input; several are compared",
    );
  requireData(command);
  defineDataOptions(command);
  defineRunOptions(command);
  defineExecutionOptions(command);
  defineOutputOptions(command);
  command
    .addHelpText("after", EXAMPLES)
    .action(async (strategies: string[], options: BacktestOptions) => {
      const { runBacktests } = await import("./run-backtest.ts");
      await runBacktests(strategies, options, context);
    });
}

export function requireData(command: Command): void {
  command.requiredOption(
    "--data <SOURCE>",
    "CSV (also .gz), Parquet or Arrow file, DuckDB database, or postgres://…",
  );
}

export function defineDataOptions(command: Command): void {
  command
    .optionsGroup("Data:")
    .option("--symbol <NAME>", "symbol to read; optional where the source holds one");
  defineBarOptions(command);
  command.option("--snapshot <FILE>", "keep the bars that were read in a DuckDB database");
}

/** Which bars of a symbol to read. */
export function defineBarOptions(command: Command): void {
  command
    .addOption(
      new Option("--interval <INTERVAL>", "interval to read, instead of candle_interval").choices(
        INTERVAL_NAMES,
      ),
    )
    .option("--exchange <NAME>", "exchange to read, where the source holds several")
    .option("--product <NAME>", "product to read from raw_klines, such as spot")
    .option("--mode <NAME>", "mode to read from raw_klines")
    .option("--table <NAME>", "table to read, where the database has several")
    .option("--from <TIME>", "first day or instant")
    .option("--to <TIME>", "last day, or instant where it ends")
    .option("--time-column <NAME>", "column of the bar times, where several could be meant")
    .addOption(
      new Option(
        "--time-unit <UNIT>",
        "unit of epoch times, where their size leaves it open",
      ).choices(["s", "ms", "us", "ns"]),
    )
    .option("--time-format <FORMAT>", 'how times are written, such as "%d/%m/%Y %H:%M" (strptime)')
    .option("--warmup", "read just enough earlier bars to warm the indicators up");
}

export function defineRunOptions(command: Command): void {
  command
    .optionsGroup("Run:")
    .option(
      "--param <NAME=VALUE>",
      "value of a declared parameter or of a script's input; repeatable",
      inputOption,
    );
  defineAccountOptions(command);
}

function defineOutputOptions(command: Command): void {
  command
    .optionsGroup("Output:")
    .option("--json", "print one JSON object, described by schemas/backtest-result.schema.json")
    .option("--report <FILE>", "write a page with charts, trades and tests, which opens offline")
    .option(
      "--benchmark <WHAT>",
      "measure the run against a symbol of the data, a file of bars, or buy_and_hold",
    );
  defineTrials(command)
    .option("--save <FILE>", "keep the run in a database of runs, see `swymc runs`")
    .option("--trades <FILE>", "write the trades, as .csv or .arrow")
    .option("--equity <FILE>", "write the equity curve, as .csv or .arrow")
    .option(
      "--samples <N>",
      "points to keep of the equity curve, its extremes among them (default: all)",
      numberOption({ integer: true, min: 4, max: 10_000_000 }),
    );
}

/** How many variants were tried, for the verdict of a report. */
export function defineTrials(command: Command): Command {
  return command.option(
    "--trials <N>",
    "how many variants were tried before this one, for the report's verdict (default: 1)",
    numberOption({ integer: true, min: 1, max: 1e12 }),
  );
}
