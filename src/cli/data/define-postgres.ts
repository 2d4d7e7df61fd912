import type { Command } from "commander";
import { listOption } from "./list-option.ts";

/** The flags of `swymc data import` that are about PostgreSQL. */
export interface PostgresFlags {
  readonly postgres?: string;
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly skipKlines?: boolean;
  readonly skipAggTrades?: boolean;
  readonly skipBookTicker?: boolean;
  readonly skipLiquidations?: boolean;
}

const EXAMPLES = `
From PostgreSQL:
  $ swymc data import --postgres postgres://user@host/market --table raw_klines --symbols BTCUSDT,ETHUSDT --interval 1h --product um --from 2024-01-01 --to 2024-06-30 --db market.duckdb
  $ swymc data import --postgres postgres://user@host/market --interval 1m --product spot --skip-book-ticker --skip-liquidations --db market.duckdb
  $ swymc data import --postgres postgres://user@host/market --table quotes.daily --map open=px_open --map time=day --exchange nyse --symbol SPY --interval 1d --db market.duckdb

The password is best left to PGPASSWORD or ~/.pgpass; it is never printed.`;

/** Adds the flags to the command. */
export function definePostgresFlags(command: Command): void {
  command
    .optionsGroup("PostgreSQL:")
    .option(
      "--postgres <URL>",
      "import from a PostgreSQL database, as postgres://user@host/database",
    )
    .option("--symbols <LIST>", "symbols to import (default: all)", listOption)
    .option("--from <TIME>", "first day or instant to import")
    .option("--to <TIME>", "last day, or instant where it ends")
    .option("--skip-klines", "leave out raw_klines, where no --table is named")
    .option("--skip-agg-trades", "leave out raw_agg_trades")
    .option("--skip-book-ticker", "leave out raw_book_ticker")
    .option("--skip-liquidations", "leave out raw_liquidation_events")
    .addHelpText("after", EXAMPLES);
}
