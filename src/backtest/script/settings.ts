/** The properties of a strategy as its broker works with them, named as in `strategy(…)`; nothing is left open. */
export interface ScriptBrokerSettings {
  readonly initial_capital: number;
  readonly default_qty_type: "fixed" | "cash" | "percent_of_equity";
  readonly default_qty_value: number;
  /** Entries of one direction that may be open; below 1 counts as 1. */
  readonly pyramiding: number;
  readonly commission_type: "percent" | "cash_per_contract" | "cash_per_order";
  /** Percent, or money. */
  readonly commission_value: number;
  /** Ticks, on market and stop fills. */
  readonly slippage: number;
  readonly process_orders_on_close: boolean;
  readonly close_entries_rule: "FIFO" | "ANY";
  /** Percent of a position's value that the account must cover; 0: not tested. */
  readonly margin_long: number;
  readonly margin_short: number;
  /** Ticks that the price must go beyond a limit before it fills. */
  readonly backtest_fill_limits_assumption: number;
  /** `syminfo.mintick`: the unit of profit, loss, trail_points, trail_offset and slippage. */
  readonly tick: number;
  /** Whether limit and stop prices snap to the tick. */
  readonly snap: boolean;
  /** Quantities are whole multiples of it; at most 12 decimals. */
  readonly lot_step: number;
  /** First bar on which the strategy acts. */
  readonly start: number;
}

export const LOT_STEP = 1e-6;

/** Money at the start where `strategy(…)` names none, as the manual of the script's version gives it. */
export function defaultCapital(version: number): number {
  return version >= 5 ? 1_000_000 : 100_000;
}

/** What `strategy(…)` leaves open in the present version, and a chart of no known symbol. */
export const BROKER_DEFAULTS: ScriptBrokerSettings = {
  initial_capital: defaultCapital(6),
  default_qty_type: "fixed",
  default_qty_value: 1,
  pyramiding: 0,
  commission_type: "percent",
  commission_value: 0,
  slippage: 0,
  process_orders_on_close: false,
  close_entries_rule: "FIFO",
  margin_long: 100,
  margin_short: 100,
  backtest_fill_limits_assumption: 0,
  tick: 0.01,
  snap: false,
  lot_step: LOT_STEP,
  start: 0,
};
