import type { Command } from "commander";
import type { Context } from "../context.ts";
import { numberOption } from "../number-option.ts";
import { sweepOptionError } from "./option-checks.ts";

export interface ShowOptions {
  readonly row?: number;
  readonly report?: string;
  readonly json?: boolean;
  readonly trades?: string;
  readonly equity?: string;
}

const EXAMPLES = `
Examples:
  $ swymc sweep show results.parquet --row 17
  $ swymc sweep show results.parquet --report sweep.html
  $ swymc sweep show results.csv --row 17 --trades trades.csv --equity equity.csv`;

/** `swymc sweep show RESULTS --row K`. */
export function defineSweepShow(sweep: Command, context: Context): void {
  sweep
    .command("show")
    .description(
      "Run one row of results again and print the whole backtest, or write the page of a sweep.",
    )
    .argument("<results>", "file that `sweep --out` wrote")
    .option(
      "--row <K>",
      "which trial, as the column `trial` has it; without it, --report shows the whole sweep",
      numberOption({ integer: true, min: 1 }),
    )
    .option("--trades <FILE>", "write the trades, as .csv or .arrow")
    .option("--report <FILE>", "write a page of the sweep, or with --row of that backtest")
    .option("--equity <FILE>", "write the equity curve, as .csv or .arrow")
    // --json of the sweep itself would else be taken for its own.
    .option("--json", "print one JSON object, as of `backtest --json`")
    .addHelpText("after", EXAMPLES)
    .action(async (results: string, _options: ShowOptions, command: Command) => {
      refuseOthers(sweep, command);
      const { runSweepShow } = await import("./run-show.ts");
      await runSweepShow(results, command.optsWithGlobals<ShowOptions>(), context);
    });
}

/** A row runs as it did: what a sweep takes beside is not passed over in silence. */
function refuseOthers(sweep: Command, show: Command): void {
  const own = new Set(show.options.map((option) => option.attributeName()));
  for (const option of sweep.options) {
    const name = option.attributeName();
    if (own.has(name) || sweep.getOptionValueSource(name) !== "cli") continue;
    const expected = "nothing: a row is run again with the data and settings of its sweep";
    throw sweepOptionError(option.long!, String(sweep.getOptionValue(name)), expected);
  }
}
