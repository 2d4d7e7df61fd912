import { type Command, InvalidArgumentError, Option } from "commander";
import { requireData } from "./backtest.ts";
import type { Context } from "./context.ts";
import { numberOption } from "./number-option.ts";
import { defineSeriesOptions, type SeriesOptions } from "./series-options.ts";
import { defineSpaceOptions } from "./sweep/space-options.ts";

export interface WalkforwardOptions extends SeriesOptions {
  readonly data: string;
  readonly param?: Readonly<Record<string, string | null>>;
  readonly where?: readonly string[];
  readonly search: "grid" | "random" | "lhs" | "sobol" | "halving";
  readonly samples?: number;
  readonly seed?: number;
  readonly objective: string;
  readonly windows: number;
  readonly anchored?: boolean;
  /** Share that is trained on. */
  readonly split: number;
  readonly embargo?: number;
  readonly threads?: number;
}

const EXAMPLES = `
In each window a sweep over the training bars chooses the parameters, and a backtest over the bars that follow shows what they
were worth. The tests follow each other without a gap; put together they are an account that nobody chose in hindsight. Each
test begins without a position, after its indicators have seen its own training bars. The efficiency is what is left out of
sample of what the training promised.

Values of parameters are those of \`swymc sweep\`: 2..100, 5..200:5, 5,10,20, a name alone for the range that is declared.

Examples:
  $ swymc walkforward rules.json --data bars.csv --param fast=5..50:5 --param slow=20..200:20 --where "fast < slow"
  $ swymc walkforward rules.json --data bars.csv --param fast=5..50 --windows 8 --anchored --split 60/40 --objective calmar
  $ swymc walkforward script.pine --data bars.csv --param length=5..50 --json > walkforward.json`;

/** `swymc walkforward STRATEGY --data SOURCE`: parameters chosen in sample, and what they did out of sample. */
export function defineWalkforward(program: Command, context: Context): void {
  const command = program
    .command("walkforward")
    .description("Choose parameters on past bars again and again, and test them on the next.")
    .argument("<strategy>", "rule document or script; - reads standard input");
  requireData(command);
  defineChoiceOptions(command);
  defineWindowOptions(command);
  defineSeriesOptions(command);
  command
    .optionsGroup("Output:")
    .option("--equity <FILE>", "write the account of all tests, as .csv or .arrow")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (strategy: string, options: WalkforwardOptions) => {
      const { runWalkforward } = await import("./walkforward/run-walkforward.ts");
      await runWalkforward(strategy, options, context);
    });
}

function defineChoiceOptions(command: Command): void {
  defineSpaceOptions(command);
  command
    .option(
      "--objective <METRIC>",
      "metric, or expression of metrics, to choose the best by",
      "sharpe",
    )
    .option(
      "--threads <N>",
      "threads to run on (default: as many as the machine has)",
      numberOption({ integer: true, min: 1, max: 1024 }),
    );
}

function defineWindowOptions(command: Command): void {
  command
    .optionsGroup("Windows:")
    .option("--windows <N>", "how many", numberOption({ integer: true, min: 1, max: 10_000 }), 5)
    .option("--anchored", "train from the first bar on in every window, instead of moving along")
    .addOption(
      new Option("--split <TRAIN/TEST>", "shares of a window; of the first one where anchored")
        .argParser(splitOption)
        .default(0.7, "70/30"),
    )
    .option(
      "--embargo <BARS>",
      "bars left out between training and test (default: the longest warm-up in the space)",
      numberOption({ integer: true, min: 0, max: 1e9 }),
    );
}

/** `70/30` as the share of the first. */
function splitOption(text: string): number {
  const [train, test, ...more] = text.split("/").map((part) => numberOption({ above: 0 })(part));
  if (train === undefined || test === undefined || more.length > 0) {
    throw new InvalidArgumentError("Expected TRAIN/TEST, such as 70/30.");
  }
  return train / (train + test);
}
