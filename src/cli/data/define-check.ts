import { type Command, Option } from "commander";
import { CALENDARS, type Calendar } from "../../data/store/calendar.ts";
import { INTERVAL_NAMES, type Interval } from "../../vector/interval.ts";
import type { Context } from "../context.ts";
import { allowOption } from "./storing-options.ts";
import { symbolsOptions } from "./symbols-option.ts";

export interface CheckCommandOptions {
  readonly db: string;
  readonly exchange?: string;
  readonly symbols?: readonly string[];
  readonly interval?: Interval;
  readonly calendar?: Calendar;
  readonly allow?: readonly string[];
  readonly json?: boolean;
}

const EXAMPLES = `
Each fault is told with its count and its first rows; the exit code is 1 where there is one that
--allow does not name. Bars without volume are told, and are no fault.

Examples:
  $ swymc data check --db market.duckdb
  $ swymc data check --db market.duckdb --symbols BTCUSDT --allow price_spike --json`;

/** `swymc data check`. */
export function defineDataCheck(data: Command, context: Context): void {
  const [symbols, symbol] = symbolsOptions("only these symbols");
  data
    .command("check")
    .description("Look for faults in the stored bars, archived ones included.")
    .requiredOption("--db <FILE>", "DuckDB database")
    .option("--exchange <NAME>", "only this exchange")
    .addOption(symbols)
    .addOption(symbol)
    .addOption(new Option("--interval <INTERVAL>", "only this interval").choices(INTERVAL_NAMES))
    .addOption(
      new Option("--calendar <NAME>", "when the markets trade (default: 24x7)").choices(CALENDARS),
    )
    .addOption(allowOption("a fault that is none here; repeatable"))
    .option(
      "--json",
      "print one JSON object: {state, bars, faults: [{fault, meaning, count, first}]}",
    )
    .addHelpText("after", EXAMPLES)
    .action(async (options: CheckCommandOptions) => {
      const { runDataCheck } = await import("./run-check.ts");
      await runDataCheck(options, context);
    });
}
