import {
  BROKER_DEFAULTS,
  defaultCapital,
  type ScriptBrokerSettings,
} from "../backtest/script/settings.ts";
import type { CoreScript } from "../dsl/text/core.ts";

/** What the command line says of money; fractions. It counts where it is given, else the script, else the defaults. */
export interface MoneyOptions {
  readonly cash?: number;
  readonly commission?: number;
  readonly fill?: "next_open" | "close";
  /** Ticks. */
  readonly slippageTicks?: number;
}

export function brokerSettings(
  { settings: script, version }: Pick<CoreScript, "settings" | "version">,
  options: MoneyOptions,
  mintick: number | undefined,
  start: number,
): ScriptBrokerSettings {
  const given = options.commission;
  return {
    ...BROKER_DEFAULTS,
    initial_capital: options.cash ?? script.initial_capital ?? defaultCapital(version),
    default_qty_type: script.default_qty_type,
    default_qty_value: script.default_qty_value,
    pyramiding: script.pyramiding,
    commission_type: given === undefined ? script.commission_type : "percent",
    commission_value: given === undefined ? (script.commission_value ?? 0) : 100 * given,
    slippage: options.slippageTicks ?? script.slippage ?? 0,
    process_orders_on_close:
      options.fill === undefined ? script.process_orders_on_close : options.fill === "close",
    close_entries_rule: script.close_entries_rule,
    margin_long: script.margin_long,
    margin_short: script.margin_short,
    backtest_fill_limits_assumption: script.backtest_fill_limits_assumption,
    tick: mintick ?? BROKER_DEFAULTS.tick,
    // Prices snap to the tick size where one is given (SEMANTICS 5.4).
    snap: mintick !== undefined,
    start,
  };
}
