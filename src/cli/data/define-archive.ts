import type { Command } from "commander";
import type { Context } from "../context.ts";

export interface ArchiveCommandOptions {
  readonly db: string;
  readonly before: string;
  readonly to: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Moves bars that open before DATE into FOLDER/exchange=…/symbol=…/interval=…/year=…/*.parquet. The database remembers the
files (relative to itself) and reads them together with what it still holds. Rows are deleted only after
their file was read back and compared.

Examples:
  $ swymc data archive --db market.duckdb --before 2023-01-01 --to archive/
  $ swymc data list --db market.duckdb`;

/** `swymc data archive --before DATE --to FOLDER`. */
export function defineDataArchive(data: Command, context: Context): void {
  data
    .command("archive")
    .description("Move older bars of a database into a folder of Parquet files.")
    .requiredOption("--db <FILE>", "DuckDB database")
    .requiredOption("--before <TIME>", "move bars that open before this: a UTC date or a time")
    .requiredOption("--to <FOLDER>", "folder of the archive; made where there is none")
    .option("--json", "print one JSON object: {state, series}")
    .addHelpText("after", EXAMPLES)
    .action(async (options: ArchiveCommandOptions) => {
      const { runDataArchive } = await import("./run-archive.ts");
      await runDataArchive(options, context);
    });
}
