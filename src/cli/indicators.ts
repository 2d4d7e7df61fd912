import type { Command } from "commander";
import type { Context } from "./context.ts";
import { paramOption } from "./param-option.ts";

export interface DiffOptions {
  readonly data: string;
  readonly source: string;
  readonly other: string;
  readonly symbol?: string;
  readonly param?: Readonly<Record<string, number>>;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ swymc indicators
  $ swymc indicators rsi
  $ swymc indicators diff rsi --data bars.csv --param period=14`;

const DIFF_EXAMPLES = `
Differences up to 1e-12 of the value are rounding and do not count.

Examples:
  $ swymc indicators diff ema --data bars.csv --param period=26
  $ swymc indicators diff std_dev --data bars.parquet --source high --param period=20 --json`;

/** `swymc indicators [NAME]`: what there is; `swymc indicators diff NAME`: where its dialects differ. */
export function defineIndicators(program: Command, context: Context): void {
  const command = program
    .command("indicators")
    .description("List the indicators, or show one: its formula, parameters and dialects.")
    .argument("[name]", "an indicator, as rules name it")
    .option("--json", "print JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (name: string | undefined, options: { json?: boolean }) => {
      const { runIndicators } = await import("./run-indicators.ts");
      runIndicators(name, options.json ?? false, context);
    });
  command
    .command("diff")
    .description("Show where an indicator's dialects differ from TradingView's on your data.")
    .argument("<name>", "an indicator, as rules name it")
    .requiredOption("--data <SOURCE>", "CSV (also .gz), Parquet or Arrow file, or DuckDB database")
    .option("--source <FIELD>", "column that an indicator of a chosen series reads", "close")
    .option("--other <FIELD>", "second column of an indicator that reads two series", "open")
    .option("--symbol <NAME>", "symbol to read; optional where the source holds one")
    .option("--param <NAME=VALUE>", "a number of the indicator; repeatable", paramOption)
    .option("--json", "print one JSON object")
    .addHelpText("after", DIFF_EXAMPLES)
    .action(async (name: string, _: unknown, diff: Command) => {
      const { runIndicatorsDiff } = await import("./run-indicators-diff.ts");
      await runIndicatorsDiff(name, diff.optsWithGlobals() as DiffOptions, context);
    });
}
