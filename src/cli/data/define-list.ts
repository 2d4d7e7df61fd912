import { type Command, Option } from "commander";
import { CALENDARS, type Calendar } from "../../data/store/calendar.ts";
import type { Context } from "../context.ts";

export interface ListCommandOptions {
  readonly db: string;
  readonly calendar?: Calendar;
  readonly json?: boolean;
}

const EXAMPLES = `
Coverage is 100 × stored / expected bars from the first to the last. Markets that close need a calendar.

Examples:
  $ swymc data list --db market.duckdb
  $ swymc data summary --db stocks.duckdb --calendar weekdays --json`;

/** `swymc data list`, also called `summary`. */
export function defineDataList(data: Command, context: Context): void {
  data
    .command("list")
    .alias("summary")
    .description("List the series of a database: rows, range and coverage.")
    .requiredOption("--db <FILE>", "DuckDB database")
    .addOption(
      new Option("--calendar <NAME>", "when the markets trade (default: 24x7)").choices(CALENDARS),
    )
    .option("--json", "print a JSON array, an object per series")
    .addHelpText("after", EXAMPLES)
    .action(async (options: ListCommandOptions) => {
      const { runDataList } = await import("./run-list.ts");
      await runDataList(options, context);
    });
}
