import type { Command } from "commander";
import type { Context } from "./context.ts";
import { numberOption } from "./number-option.ts";
import { inputOption } from "./param-option.ts";
import { defineSeriesOptions, type SeriesOptions } from "./series-options.ts";

export interface ValidateOptions extends SeriesOptions {
  readonly data?: string;
  readonly param?: Readonly<Record<string, number | boolean | string>>;
  readonly trials?: number;
  readonly sample?: number;
  readonly resamples?: number;
  readonly confidence?: number;
  readonly seed?: number;
}

const EXAMPLES = `
The first line is the verdict: supported, weak (it would stand out, but not after the choice among so many trials), unsupported
(luck explains it), or undetermined (too few trades to tell). Then the reasons and the figures that they rest on; docs/validation.md
explains each. Of a strategy, --trials says how many variants were tried before this one, by hand too; of the results of a sweep,
all of its rows count, and its trials are run again on the same bars to see how the choice among them carries over.

Examples:
  $ swymc validate rules.json --data bars.csv --trials 200
  $ swymc sweep rules.json --data bars.csv --param fast=5..50 --param slow=20..200:5 --out sweep.parquet && swymc validate sweep.parquet
  $ swymc validate sweep.parquet --json --seed 7 --resamples 10000 --confidence 0.99`;

/** `swymc validate STRATEGY|RESULTS`: what can be said for and against a strategy, or the best of a sweep. */
export function defineValidate(program: Command, context: Context): void {
  const command = program
    .command("validate")
    .description("Say whether a result stands out from luck, after all that was tried.")
    .argument(
      "<subject>",
      "rule document or script (- reads standard input), or results that `sweep --out` wrote",
    )
    .option(
      "--data <SOURCE>",
      "of a strategy: CSV (also .gz), Parquet or Arrow file, DuckDB database, or postgres://…",
    )
    .option(
      "--param <NAME=VALUE>",
      "of a strategy: value of a parameter or of an input; repeatable",
      inputOption,
    )
    .optionsGroup("Verdict:")
    .option(
      "--trials <N>",
      "how many variants were tried in all (default: 1; of a sweep its trials)",
      numberOption({ integer: true, min: 1, max: 1e12 }),
    )
    .option(
      "--confidence <P>",
      "what a probability has to reach, and of the intervals",
      numberOption({ above: 0.5, below: 1 }),
      0.95,
    )
    .option(
      "--resamples <N>",
      "random samples of each test (default: by the number of bars, up to 10000)",
      numberOption({ integer: true, min: 100, max: 1_000_000 }),
    )
    .option(
      "--sample <N>",
      "trials of a sweep to run again (default: by the number of bars, 50 to 500)",
      numberOption({ integer: true, min: 2, max: 20_000 }),
    )
    .option(
      "--seed <N>",
      "of the random numbers",
      numberOption({ integer: true, min: 0, max: 2 ** 32 - 1 }),
      1,
    );
  defineSeriesOptions(command);
  command
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (subject: string, options: ValidateOptions) => {
      const { runValidate } = await import("./validate/run-validate.ts");
      await runValidate(subject, options, context);
    });
}
