import type { StrategySettings } from "../core.ts";
import type { ConstantArguments } from "./arguments.ts";
import { fn } from "./declare.ts";
import type { Signature } from "./signature.ts";

/** `strategy(…)` of versions 1 to 6; what only looks is taken and not read. */
export const strategyFunction = (): Signature =>
  fn(
    `strategy(${[
      "const text title",
      "const text shorttitle?",
      "const bool overlay?",
      "const text format?",
      "const int precision?",
      "const text scale?",
      "const int pyramiding?",
      "const bool calc_on_order_fills?",
      "const bool calc_on_every_tick?",
      "const int max_bars_back?",
      "const int backtest_fill_limits_assumption?",
      "const text default_qty_type?",
      "const float default_qty_value?",
      "const float initial_capital?",
      "const text currency?",
      "const int slippage?",
      "const text commission_type?",
      "const float commission_value?",
      "const bool process_orders_on_close?",
      "const text close_entries_rule?",
      "const float margin_long?",
      "const float margin_short?",
      "const bool explicit_plot_zorder?",
      "const int max_lines_count?",
      "const int max_labels_count?",
      "const int max_boxes_count?",
      "const int calc_bars_count?",
      "const float risk_free_rate?",
      "const bool use_bar_magnifier?",
      "const bool fill_orders_on_standard_ohlc?",
      "const int max_polylines_count?",
      "const bool dynamic_requests?",
      "const bool behind_chart?",
      "const bool linktoseries?",
      "const text timeframe|resolution?",
    ].join(", ")}) -> void`,
    { to: "strategy" },
  );

/** Texts that an argument of `strategy(…)` may be; the first is the default. */
const CHOICES = {
  default_qty_type: ["fixed", "cash", "percent_of_equity"],
  commission_type: ["percent", "cash_per_contract", "cash_per_order"],
  close_entries_rule: ["FIFO", "ANY"],
} as const;
type Choice = keyof typeof CHOICES;

/** An argument of `strategy(…)` that is none of its choices, or a number below 0. */
export interface SettingProblem {
  readonly param: string;
  readonly value: number | string;
  /** Empty where a number of at least 0 is wanted. */
  readonly choices: readonly string[];
}

const NOT_NEGATIVE = [
  "pyramiding",
  "backtest_fill_limits_assumption",
  "default_qty_value",
  "initial_capital",
  "slippage",
  "commission_value",
  "margin_long",
  "margin_short",
] as const;

export function settingProblems(args: ConstantArguments): readonly SettingProblem[] {
  const problems: SettingProblem[] = [];
  for (const param of Object.keys(CHOICES) as Choice[]) {
    const value = args[param];
    const choices: readonly string[] = CHOICES[param];
    if (typeof value === "string" && !choices.includes(value)) {
      problems.push({ param, value, choices });
    }
  }
  for (const param of NOT_NEGATIVE) {
    const value = args[param];
    if (typeof value === "number" && !(value >= 0)) problems.push({ param, value, choices: [] });
  }
  return problems;
}

/**
 * Settings of a script of a version from its checked arguments. One that names no initial capital, commission and slippage
 * leaves them to the command line, then to the broker's defaults. Pyramiding is the number of entries that may be open in
 * one direction: 0 and 1 both allow one. Margins are 0, not looked at, before version 6.
 */
export function strategySettings(args: ConstantArguments, version: number): StrategySettings {
  const number = (param: string) => {
    const value = args[param];
    return typeof value === "number" && !Number.isNaN(value) ? value : null;
  };
  const flag = (param: string) => args[param] === true;
  const choice = <K extends Choice>(param: K): (typeof CHOICES)[K][number] => {
    const choices: readonly string[] = CHOICES[param];
    const value = args[param];
    const known = typeof value === "string" && choices.includes(value);
    return (known ? value : choices[0]) as (typeof CHOICES)[K][number];
  };
  const margin = version >= 6 ? 100 : 0;
  return {
    title: typeof args.title === "string" ? args.title : "",
    initial_capital: number("initial_capital"),
    default_qty_type: choice("default_qty_type"),
    default_qty_value: number("default_qty_value") ?? 1,
    pyramiding: Math.max(1, number("pyramiding") ?? 0),
    commission_type: choice("commission_type"),
    commission_value: number("commission_value"),
    slippage: number("slippage"),
    process_orders_on_close: flag("process_orders_on_close"),
    close_entries_rule: choice("close_entries_rule"),
    margin_long: number("margin_long") ?? margin,
    margin_short: number("margin_short") ?? margin,
    calc_on_order_fills: flag("calc_on_order_fills"),
    calc_on_every_tick: flag("calc_on_every_tick"),
    backtest_fill_limits_assumption: number("backtest_fill_limits_assumption") ?? 0,
  };
}
