import { type Command, Option } from "commander";
import { CALENDARS, type Calendar } from "../../data/store/calendar.ts";
import type { Context } from "../context.ts";

export interface CheckCommandOptions {
  readonly db: string;
  readonly exchange?: string;
  readonly symbol?: string;
  readonly interval?: string;
  readonly calendar?: Calendar;
  readonly allow?: readonly string[];
  readonly json?: boolean;
}

const EXAMPLES = `
Each fault is told with its count and its first rows; the exit code is 1 where there is one that
--allow does not name. Bars without volume are told, and are no fault.

Examples:
  $ swymc data check --db market.duckdb
  $ swymc data check --db market.duckdb --symbol BTCUSDT --allow price_spike --json`;

/** `swymc data check`. */
export function defineDataCheck(data: Command, context: Context): void {
  data
    .command("check")
    .description("Look for faults in the stored bars.")
    .requiredOption("--db <FILE>", "DuckDB database")
    .option("--exchange <NAME>", "only this exchange")
    .option("--symbol <NAME>", "only this symbol")
    .option("--interval <INTERVAL>", "only this interval")
    .addOption(
      new Option("--calendar <NAME>", "when the markets trade (default: 24x7)").choices(CALENDARS),
    )
    .option(
      "--allow <FAULT>",
      "a fault that is none here; repeatable",
      (one: string, all?: string[]) => [...(all ?? []), one],
    )
    .option("--json", "print one JSON object: {state, bars, faults}")
    .addHelpText("after", EXAMPLES)
    .action(async (options: CheckCommandOptions) => {
      const { runDataCheck } = await import("./run-check.ts");
      await runDataCheck(options, context);
    });
}
