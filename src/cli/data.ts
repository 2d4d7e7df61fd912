import type { Command } from "commander";
import type { Context } from "./context.ts";
import { defineDataArchive } from "./data/define-archive.ts";
import { defineDataCheck } from "./data/define-check.ts";
import { defineDataExport } from "./data/define-export.ts";
import { defineDataFetch } from "./data/define-fetch.ts";
import { defineDataImport } from "./data/define-import.ts";
import { defineDataList } from "./data/define-list.ts";
import { defineDataResample } from "./data/define-resample.ts";

const EXAMPLES = `
Examples:
  $ swymc data import bars/*.csv --db market.duckdb --exchange binance_spot --symbol BTCUSDT --interval 1h
  $ swymc data list --db market.duckdb
  $ swymc data check --db market.duckdb`;

/** `swymc data …`: keeps bars of many symbols in one DuckDB database. */
export function defineData(program: Command, context: Context): void {
  const data = program
    .command("data")
    .description("Import, list, check and export market data in a DuckDB database.")
    .addHelpText("after", EXAMPLES);
  defineDataImport(data, context);
  defineDataList(data, context);
  defineDataCheck(data, context);
  defineDataFetch(data, context);
  defineDataResample(data, context);
  defineDataExport(data, context);
  defineDataArchive(data, context);
}
