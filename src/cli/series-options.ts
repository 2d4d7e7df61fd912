import { Command } from "commander";
import { type BacktestOptions, defineDataOptions, defineRunOptions } from "./backtest.ts";
import { defineExecutionOptions } from "./execution-options.ts";

/** Which series of bars to run on, and how, as `swymc backtest` has them. */
export type SeriesOptions = Omit<
  BacktestOptions,
  "data" | "param" | "warmup" | "snapshot" | "trades" | "samples" | "report" | "trials"
>;

/** Options of `swymc backtest` that mean something for a single run only. */
const OF_ONE_RUN: readonly (string | undefined)[] = ["--param", "--warmup", "--snapshot"];

/** The bars of one series; then money, costs and years of each run. */
export function defineSeriesOptions(command: Command): void {
  const ofBacktest = new Command();
  defineDataOptions(ofBacktest);
  defineRunOptions(ofBacktest);
  for (const option of ofBacktest.options) {
    if (!OF_ONE_RUN.includes(option.long)) command.addOption(option);
  }
  defineExecutionOptions(command);
}
