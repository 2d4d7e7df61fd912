import { type Command, Option } from "commander";
import { CALENDARS, type Calendar } from "../../data/store/calendar.ts";
import { INTERVAL_NAMES, type Interval } from "../../vector/interval.ts";
import type { Context } from "../context.ts";
import { numberOption } from "../number-option.ts";
import { definePostgresFlags, type PostgresFlags } from "./define-postgres.ts";
import { mapOption } from "./map-option.ts";
import { allowOption, onConflictOption } from "./storing-options.ts";

export interface ImportCommandOptions extends PostgresFlags {
  readonly db: string;
  readonly exchange?: string;
  readonly symbol?: string;
  readonly interval?: Interval;
  readonly timezone?: string;
  readonly timeFormat?: string;
  readonly timeUnit?: "s" | "ms" | "us" | "ns";
  readonly points?: number;
  readonly table?: string;
  readonly product?: string;
  readonly mode?: string;
  readonly calendar?: Calendar;
  readonly map?: Readonly<Record<string, string>>;
  readonly allow?: readonly string[];
  readonly onConflict?: "keep" | "replace" | "fail";
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const EXAMPLES = `
Exchange, symbol and interval come from the source where its format tells them, else from the flags.
Each file is stored as a whole or not at all, and the same file twice changes nothing.

Examples:
  $ swymc data import BTCUSDT-1h.csv --db market.duckdb --exchange binance_spot --symbol BTCUSDT --interval 1h
  $ swymc data import download/ --db market.duckdb --exchange binance_spot --on-conflict replace
  $ swymc data import daily.csv --db market.duckdb --exchange nyse --symbol SPY --interval 1d --map close="Adj Close"`;

/** `swymc data import SOURCE…`. */
export function defineDataImport(data: Command, context: Context): void {
  const command = data
    .command("import")
    .description("Store the bars of files in a database.")
    .argument("[sources...]", "files, folders or patterns")
    .requiredOption("--db <FILE>", "DuckDB database; made where there is none")
    .optionsGroup("Series:")
    .option("--exchange <NAME>", "exchange with product, such as binance_spot")
    .option("--symbol <NAME>", "symbol")
    .addOption(new Option("--interval <INTERVAL>", "interval of the bars").choices(INTERVAL_NAMES))
    .optionsGroup("Reading:")
    .option("--map <ROLE=COLUMN>", "column of a role, such as close; repeatable", mapOption)
    .option("--timezone <IANA>", "zone of times without one (default: UTC)")
    .option("--time-format <FORMAT>", 'how times are written, such as "%d/%m/%Y %H:%M" (strptime)')
    .addOption(
      new Option(
        "--time-unit <UNIT>",
        "unit of epoch times, where their size leaves it open",
      ).choices(["s", "ms", "us", "ns"]),
    )
    .option(
      "--points <N>",
      "points per unit of price, where the source holds whole points",
      numberOption({ above: 0 }),
    )
    .option("--table <NAME>", "table of a database to read")
    .option("--product <NAME>", "product to read from a collector's tables, such as spot")
    .option("--mode <NAME>", "mode to read from a collector's tables")
    .optionsGroup("Storing:")
    .addOption(onConflictOption())
    .addOption(allowOption())
    .addOption(
      new Option(
        "--calendar <NAME>",
        "when the market trades, for what counts as a gap (default: 24x7)",
      ).choices(CALENDARS),
    )
    .optionsGroup("Output:")
    .option("--json", "print one JSON object: {state, sources}")
    .option("--quiet", "no progress")
    .addHelpText("after", EXAMPLES)
    .action(async (sources: string[], options: ImportCommandOptions) => {
      const { runDataImport } = await import("./run-import.ts");
      await runDataImport(sources, options, context);
    });
  definePostgresFlags(command);
}
