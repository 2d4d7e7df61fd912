import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import { INTERVAL_NAMES, type Interval } from "../../vector/interval.ts";
import type { Context } from "../context.ts";
import { numberOption } from "../number-option.ts";
import { listOption } from "./list-option.ts";
import { allowOption, onConflictOption } from "./storing-options.ts";
import { symbolsOptions } from "./symbols-option.ts";

export const FETCH_SOURCES = ["exchange", "binance-public"] as const;
export type FetchSource = (typeof FETCH_SOURCES)[number];

export const PRODUCTS = ["spot", "um", "cm"] as const;
export type Product = (typeof PRODUCTS)[number];

export interface FetchCommandOptions {
  readonly db: string;
  readonly exchange?: string;
  readonly product?: string;
  readonly products?: readonly Product[];
  readonly symbols: readonly string[];
  readonly interval: Interval;
  readonly from: string;
  readonly to?: string;
  readonly baseUrl?: string;
  readonly timeout: number;
  readonly attempts: number;
  readonly allow?: readonly string[];
  readonly onConflict?: "keep" | "replace" | "fail";
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const EXAMPLES = `
Without a source, bars come from an exchange through ccxt, which is installed beside swymc (npm install ccxt).
Bars are stored under the exchange with its product: binance_spot, binance_um, binance_cm, hyperliquid_swap.
A second run goes on where the first one ended. Bars that are still open are never stored.

Examples:
  $ swymc data fetch --exchange binance --symbols BTCUSDT,ETHUSDT --interval 1h --from 2024-01-01 --to 2024-06-30 --db market.duckdb
  $ swymc data fetch --exchange hyperliquid --product swap --symbols BTC --interval 15m --from 2024-06-01 --db market.duckdb
  $ swymc data fetch binance-public --products spot,um --symbols BTCUSDT --interval 1m --from 2024-01-01 --to 2024-03-31 --db market.duckdb`;

/** `swymc data fetch [SOURCE]`. */
export function defineDataFetch(data: Command, context: Context): void {
  const [symbols, symbol] = symbolsOptions("symbols, such as BTCUSDT,ETHUSDT");
  data
    .command("fetch")
    .description(
      "Fetch bars from an exchange or from the public archives of Binance into a database.",
    )
    .addArgument(
      new Argument("[source]", "where bars come from")
        .choices(FETCH_SOURCES)
        .default("exchange", "exchange"),
    )
    .requiredOption("--db <FILE>", "DuckDB database; made where there is none")
    .optionsGroup("Series:")
    .option("--exchange <ID>", "exchange, by its ccxt id, such as binance or hyperliquid")
    .option("--product <NAME>", "of Binance spot (default), um or cm; else spot, swap or future")
    .option("--products <LIST>", "of binance-public: spot, um, cm (default: spot)", productsOption)
    .addOption(symbols.makeOptionMandatory())
    .addOption(symbol)
    .addOption(
      new Option("--interval <INTERVAL>", "interval of the bars")
        .choices(INTERVAL_NAMES)
        .makeOptionMandatory(),
    )
    .requiredOption("--from <TIME>", "first day or instant")
    .option("--to <TIME>", "last day, or instant where it ends (default: now)")
    .optionsGroup("Network:")
    .option("--base-url <URL>", "address of a mirror, in place of the source's own host")
    .option(
      "--timeout <SECONDS>",
      "time without a byte after which a request is tried again",
      numberOption({ above: 0, max: 3600 }),
      30,
    )
    .option(
      "--attempts <N>",
      "tries of a request in all, with growing pauses",
      numberOption({ integer: true, min: 1, max: 20 }),
      5,
    )
    .optionsGroup("Storing:")
    .addOption(onConflictOption())
    .addOption(allowOption())
    .optionsGroup("Output:")
    .option("--json", "print one JSON object: {state, series}")
    .option("--quiet", "no progress")
    .addHelpText("after", EXAMPLES)
    .action(async (source: FetchSource, options: FetchCommandOptions) => {
      const { runDataFetch } = await import("./run-fetch.ts");
      await runDataFetch(source, options, context);
    });
}

function productsOption(text: string, before?: readonly Product[]): Product[] {
  const names = listOption(text, before);
  const unknown = names.find((name) => !(PRODUCTS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`Expected some of ${PRODUCTS.join(", ")}.`);
  }
  return names as Product[];
}
