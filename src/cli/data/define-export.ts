import { type Command, Option } from "commander";
import { INTERVAL_NAMES, type Interval } from "../../vector/interval.ts";
import type { Context } from "../context.ts";
import { symbolsOptions } from "./symbols-option.ts";

export interface ExportCommandOptions {
  readonly db: string;
  readonly out: string;
  readonly symbols?: readonly string[];
  readonly exchange?: string;
  readonly mode?: string;
  readonly product?: string;
  readonly interval?: Interval;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
The ending of the file chooses the format: .parquet, .csv, .csv.gz, .arrow. Several series stand one behind the other,
told apart by the columns exchange, symbol and interval. The file appears when it is whole.

Examples:
  $ swymc data export --db market.duckdb --symbols BTCUSDT --interval 1h --out btc.parquet
  $ swymc data export --db market.duckdb --symbols BTCUSDT,ETHUSDT --from 2024-01-01 --out two.csv.gz
  $ swymc data export --db market.duckdb --out everything.arrow`;

/** `swymc data export --out FILE`. */
export function defineDataExport(data: Command, context: Context): void {
  const [symbols, symbol] = symbolsOptions("symbols, with commas between them; repeatable");
  data
    .command("export")
    .description("Write series of a dataset into a file.")
    .requiredOption("--db <FILE>", "DuckDB database, Parquet file or archive folder")
    .requiredOption("--out <FILE>", "file to write: .parquet, .csv, .csv.gz or .arrow")
    .optionsGroup("Series (default: all):")
    .addOption(symbols)
    .addOption(symbol)
    .option("--exchange <NAME>", "exchange")
    .option("--mode <NAME>", "mode of a collector's database")
    .option("--product <NAME>", "product of a collector's database")
    .addOption(new Option("--interval <INTERVAL>", "interval").choices(INTERVAL_NAMES))
    .option("--from <TIME>", "first moment: a UTC date or an ISO-8601 time")
    .option("--to <TIME>", "last moment: a date (whole day) or a time (exclusive)")
    .optionsGroup("Output:")
    .option("--json", "print one JSON object: {state, out, series}")
    .addHelpText("after", EXAMPLES)
    .action(async (options: ExportCommandOptions) => {
      const { runDataExport } = await import("./run-export.ts");
      await runDataExport(options, context);
    });
}
