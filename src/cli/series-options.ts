import { type Command, Option } from "commander";
import { INTERVAL_NAMES } from "../vector/interval.ts";
import type { BacktestOptions } from "./backtest.ts";
import { defineExecutionOptions } from "./execution-options.ts";
import { numberOption } from "./number-option.ts";

/** Which series of bars to run on, and how, as `swymc backtest` has them. */
export type SeriesOptions = Omit<
  BacktestOptions,
  "data" | "param" | "warmup" | "snapshot" | "trades" | "samples" | "report" | "trials"
>;

/** The bars of one series. */
export function defineSeriesOptions(command: Command): void {
  command
    .optionsGroup("Data:")
    .option("--symbol <NAME>", "symbol to read; optional where the source holds one")
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
    .option("--time-format <FORMAT>", 'how times are written, such as "%d/%m/%Y %H:%M" (strptime)');
}

/** Money, costs and years of a run. */
export function defineRunOptions(command: Command): void {
  command
    .optionsGroup("Run:")
    .option("--cash <N>", "money at the start (default: 10000)", numberOption({ above: 0 }))
    .option(
      "--commission <PCT>",
      "percent of the value of each fill: 0.1 is 0.1 % (default: 0)",
      numberOption({ min: 0, below: 100 }),
    )
    .option(
      "--slippage-bps <N>",
      "adverse hundredths of a percent on market fills (default: 0)",
      numberOption({ min: 0, below: 10_000 }),
    )
    .addOption(
      new Option(
        "--fill <WHEN>",
        "fill market orders at the next bar's open or at the signal bar's close (default: next_open)",
      ).choices(["next_open", "close"]),
    )
    .option(
      "--calendar <DAYS>",
      "trading days per year, such as 252 (default: 365)",
      numberOption({ above: 0, max: 366 }),
    )
    .option(
      "--risk-free-return <N>",
      "annual fraction for Sharpe and Sortino (default: 0)",
      numberOption({ above: -1 }),
    )
    .option(
      "--tick <N>",
      "smallest step of the price, the tick of scripts (default: 0.01) and of exits",
      numberOption({ above: 0 }),
    );
  defineExecutionOptions(command);
}
