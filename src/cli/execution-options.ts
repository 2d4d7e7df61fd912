import { type Command, InvalidArgumentError, Option } from "commander";
import { BOTH_HIT, type CommissionTier, IMPACT_MODELS } from "../backtest/index.ts";
import type { ExecutionOptions } from "../program/options.ts";
import { numberOption } from "./number-option.ts";
import { shifted } from "./shifted.ts";

/** Flags of execution as commander gives them: percent and basis points. */
export interface ExecutionFlags {
  readonly makerCommission?: number;
  readonly commissionPerUnit?: number;
  readonly commissionPerOrder?: number;
  readonly commissionTiers?: readonly CommissionTier[];
  readonly spreadBps?: number;
  readonly slippageTicks?: number;
  readonly impact?: number;
  readonly impactModel?: (typeof IMPACT_MODELS)[number];
  readonly impactVolume?: "24h" | "session";
  readonly liquidity?: number;
  readonly liquidityExcess?: "reject" | "partial";
  readonly latencyBars?: number;
  readonly latencyMs?: number;
  readonly funding?: number;
  readonly fundingHours?: number;
  readonly borrow?: number;
  readonly lot?: string;
  readonly leverage?: number;
  readonly maintenanceMargin?: number;
  readonly bothHit?: (typeof BOTH_HIT)[number];
  readonly closeAtEnd?: boolean;
  readonly calendar?: number;
}

const amount = numberOption({ min: 0 });
const percent = numberOption({ min: 0, below: 100 });

/** Costs and limits beyond a flat commission and slippage; for rule documents. */
export function defineExecutionOptions(command: Command): void {
  command.optionsGroup("Execution (rule documents):");
  defineCosts(command);
  defineLimits(command);
}

function defineCosts(command: Command): void {
  command
    .option(
      "--maker-commission <PCT>",
      "percent of the value of limit and target fills (default: --commission)",
      percent,
    )
    .option("--commission-per-unit <N>", "money per unit of the asset, beside --commission", amount)
    .option("--commission-per-order <N>", "money per order, beside --commission", amount)
    .option(
      "--commission-tiers <LIST>",
      "percents by the value traded in 30 days, as FROM:TAKER[/MAKER],…: 0:0.1/0.08,1000000:0.06",
      tiersOption,
    )
    .option(
      "--spread-bps <N>",
      "distance between bid and ask, in hundredths of a percent",
      numberOption({ min: 0, below: 20_000 }),
    )
    .option("--slippage-ticks <N>", "adverse ticks on market and stop fills; needs --tick", amount)
    .option(
      "--impact <C>",
      "market impact: C times the root of quantity over daily volume, a fraction of the price",
      amount,
    )
    .addOption(
      new Option(
        "--impact-model <NAME>",
        "square_root, or that times the daily volatility",
      ).choices(IMPACT_MODELS),
    )
    .addOption(
      new Option(
        "--impact-volume <WINDOW>",
        "daily volume of the 24 hours before, or of the last session (default: 24h; with --calendar session)",
      ).choices(["24h", "session"]),
    )
    .option(
      "--funding <PCT>",
      "percent that longs pay to shorts, of the position's value each time",
      numberOption({ above: -100, below: 100 }),
    )
    .option(
      "--funding-hours <N>",
      "hours between two fundings (default: 8)",
      numberOption({ above: 0 }),
    )
    .option(
      "--borrow <PCT>",
      "percent a year on the value of shorts and on borrowed money",
      amount,
    );
}

function defineLimits(command: Command): void {
  command
    .option(
      "--liquidity <PCT>",
      "percent of a bar's volume that orders may take",
      numberOption({ above: 0, max: 100 }),
    )
    .addOption(
      new Option(
        "--liquidity-excess <WHAT>",
        "what becomes of an order above that (default: reject)",
      ).choices(["reject", "partial"]),
    )
    .option(
      "--latency-bars <N>",
      "whole bars before an order may fill",
      numberOption({ integer: true, min: 0 }),
    )
    .option(
      "--latency-ms <N>",
      "milliseconds; each whole bar of them delays the fill by one",
      amount,
    )
    .option("--lot <STEP>", "smallest step of the quantity, such as 0.001", lotOption)
    .option(
      "--leverage <N>",
      "value of the position over equity that orders may reach; with margin calls",
      numberOption({ above: 0 }),
    )
    .option(
      "--maintenance-margin <PCT>",
      "equity in percent of the position's value below which all is closed (default: half of 100 / leverage)",
      percent,
    )
    .addOption(
      new Option(
        "--both-hit <POLICY>",
        "what a bar that reaches stop and target reaches first (default: tv_path)",
      ).choices(BOTH_HIT),
    )
    .option("--close-at-end", "close what is open at the last close");
}

/** The library's options for the flags: only what was given, as fractions. */
export function executionOf(flags: ExecutionFlags): ExecutionOptions {
  const { impact, liquidity, funding, calendar } = flags;
  const scaled = (value: number | undefined, places: number) =>
    value === undefined ? undefined : shifted(value, places);
  const all: { [K in keyof ExecutionOptions]: ExecutionOptions[K] | undefined } = {
    makerCommission: scaled(flags.makerCommission, -2),
    commissionPerUnit: flags.commissionPerUnit,
    commissionPerOrder: flags.commissionPerOrder,
    commissionTiers: flags.commissionTiers,
    spread: scaled(flags.spreadBps, -4),
    slippageTicks: flags.slippageTicks,
    impact:
      impact === undefined
        ? undefined
        : {
            coefficient: impact,
            model: flags.impactModel ?? "square_root",
            volume: flags.impactVolume ?? (calendar === undefined ? "24h" : "session"),
          },
    liquidity:
      liquidity === undefined
        ? undefined
        : { share: shifted(liquidity, -2), excess: flags.liquidityExcess ?? "reject" },
    funding:
      funding === undefined
        ? undefined
        : { rate: shifted(funding, -2), hours: flags.fundingHours ?? 8 },
    borrow: scaled(flags.borrow, -2),
    lot: flags.lot,
    leverage: flags.leverage,
    maintenanceMargin: scaled(flags.maintenanceMargin, -2),
    bothHit: flags.bothHit,
    closeAtEnd: flags.closeAtEnd,
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as ExecutionOptions;
}

function tiersOption(text: string): CommissionTier[] {
  const rate = (part: string | undefined) => shifted(percent(part ?? ""), -2);
  return text.split(",").map((part) => {
    const [from = "", rates = "", ...rest] = part.split(":");
    const [taker, maker = taker, ...more] = rates.split("/");
    if (rest.length > 0 || more.length > 0)
      throw new InvalidArgumentError("Expected FROM:TAKER[/MAKER], such as 0:0.1/0.08.");
    return { volume: amount(from), taker: rate(taker), maker: rate(maker) };
  });
}

function lotOption(text: string): string {
  if (/^(?=[0-9.]*[1-9])[0-9]{1,15}(\.[0-9]{1,12})?$/.test(text)) return text;
  throw new InvalidArgumentError(
    "Expected a positive decimal of at most 12 decimals, such as 0.001.",
  );
}
