import { type Command, Option } from "commander";
import { numberOption } from "./number-option.ts";

/** Money, costs of every fill, and how results are annualised. */
export function defineAccountOptions(command: Command): void {
  command
    .option(
      "--tick <N>",
      "smallest step of the price, the tick of scripts (default: 0.01) and of exits; prices are rounded to it",
      numberOption({ above: 0 }),
    )
    .option(
      "--cash <N>",
      "money at the start (default: 10000; of scripts as they say, else 1000000, before version 5 100000)",
      numberOption({ above: 0 }),
    )
    .option(
      "--commission <PCT>",
      "percent of the value of each fill: 0.1 is 0.1 % (default: 0)",
      numberOption({ min: 0, below: 100 }),
    )
    .option(
      "--slippage-bps <N>",
      "adverse hundredths of a percent on market fills (default: 0)",
      numberOption({ min: 0, below: 10_000 }),
    )
    .addOption(
      new Option(
        "--fill <WHEN>",
        "fill market orders at the next bar's open or at the signal bar's close (default: next_open)",
      ).choices(["next_open", "close"]),
    )
    .option(
      "--calendar <DAYS>",
      "trading days per year, such as 252 (default: 365)",
      numberOption({ above: 0, max: 366 }),
    )
    .option(
      "--risk-free-return <N>",
      "annual fraction for Sharpe and Sortino (default: 0)",
      numberOption({ above: -1 }),
    );
}
