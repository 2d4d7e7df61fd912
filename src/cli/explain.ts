import type { Command } from "commander";
import {
  type BacktestOptions,
  defineDataOptions,
  defineRunOptions,
  requireData,
} from "./backtest.ts";
import type { Context } from "./context.ts";
import { defineExecutionOptions } from "./execution-options.ts";

export interface ExplainOptions extends BacktestOptions {
  readonly bar: string;
}

const EXAMPLES = `
Takes the data and the settings of a backtest, and tells of one of its bars: the position, the value of every
sub-expression, and for each rule or order why it was placed or not. A bar is named by its opening time or any
moment in it, in UTC unless it carries an offset; "last" is the last bar.

Examples:
  $ swymc explain rules.json --data bars.csv --bar 2024-03-01T12:00
  $ swymc explain strategy.pine --data bars.csv --bar last --param length=20
  $ swymc explain rules.json --data bars.csv --bar 2024-03-01 --json`;

/** `swymc explain FILE --bar TIME`: why a rule or an order did or did not fire. */
export function defineExplain(program: Command, context: Context): void {
  const command = program
    .command("explain")
    .description("Explain one bar: every value, and why each rule or order did or did not fire.")
    .argument("<strategy>", "rule document, paper-run body or script; - reads standard input")
    .requiredOption("--bar <TIME>", "opening time of the bar, a moment in it, or last");
  requireData(command);
  defineDataOptions(command);
  defineRunOptions(command);
  defineExecutionOptions(command);
  command
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (strategy: string, options: ExplainOptions) => {
      const { runExplain } = await import("./run-explain.ts");
      await runExplain(strategy, options, context);
    });
}
