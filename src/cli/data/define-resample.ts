import { type Command, Option } from "commander";
import { INTERVAL_NAMES, type Interval } from "../../vector/interval.ts";
import type { Context } from "../context.ts";
import { AliasOption } from "./alias-option.ts";
import { onConflictOption } from "./storing-options.ts";

export interface ResampleCommandOptions {
  readonly db: string;
  readonly to: Interval;
  readonly symbol?: string;
  readonly exchange?: string;
  readonly interval?: Interval;
  readonly since?: string;
  readonly until?: string;
  readonly keepFirst?: boolean;
  readonly keepLast?: boolean;
  readonly out?: string;
  readonly onConflict?: "keep" | "replace" | "fail";
  readonly json?: boolean;
}

const EXAMPLES = `
Days are UTC days, weeks begin on Monday, months are calendar months. A first or last bar that the data
does not cover whole is left out; periods without bars stay gaps.

Examples:
  $ swymc data resample --db market.duckdb --symbol BTCUSDT --to 4h
  $ swymc data resample --db market.duckdb --symbol BTCUSDT --interval 1m --to 1w --keep-last
  $ swymc data resample --db market.duckdb --symbol BTCUSDT --to 1d --out btc-daily.parquet`;

/** `swymc data resample --to INTERVAL`. */
export function defineDataResample(data: Command, context: Context): void {
  const interval = new Option(
    "--interval <INTERVAL>",
    "interval to read (default: the longest stored one that fits)",
  ).choices(INTERVAL_NAMES);
  const since = new Option(
    "--since <TIME>",
    "first moment to read: a UTC date or an ISO-8601 time",
  );
  data
    .command("resample")
    .description("Join bars of one series to bars of a longer interval.")
    .requiredOption("--db <FILE>", "DuckDB database, Parquet file or archive folder")
    .addOption(
      new Option("--to <INTERVAL>", "interval of the new bars")
        .choices(INTERVAL_NAMES)
        .makeOptionMandatory(),
    )
    .optionsGroup("Series:")
    .option("--symbol <NAME>", "symbol, where there are several")
    .option("--exchange <NAME>", "exchange, where there are several")
    .addOption(interval)
    .addOption(new AliasOption("--from-interval <INTERVAL>", interval))
    .addOption(since)
    .addOption(new AliasOption("--from <TIME>", since))
    .option("--until <TIME>", "last moment to read: a date (whole day) or a time (exclusive)")
    .optionsGroup("Bars:")
    .option("--keep-first", "keep a first bar whose first part is missing")
    .option("--keep-last", "keep a last bar that is not over yet")
    .optionsGroup("Output:")
    .option("--out <FILE>", "write a .parquet, .csv, .csv.gz or .arrow file, not the database")
    .addOption(onConflictOption())
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (options: ResampleCommandOptions) => {
      const { runDataResample } = await import("./run-resample.ts");
      await runDataResample(options, context);
    });
}
