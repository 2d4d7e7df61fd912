import type { Mask } from "../vector/mask.ts";
import type { ExecutionModels } from "./execution-models.ts";

/** How much an order buys or sells (SEMANTICS §2, §5.9, §5.10). */
export type Sizing =
  /** A decimal string; sums of such quantities are exact. */
  | { readonly kind: "quantity"; readonly quantity: string }
  /** Quantity such that value plus commission is this percentage of equity at the fill. */
  | { readonly kind: "percent_of_equity"; readonly percent: number }
  /** Quantity such that value plus commission is this much money at the fill. */
  | { readonly kind: "cash"; readonly cash: number }
  /** As `percent_of_equity` of percent ÷ annual volatility of the last `period` returns of the close, in percent. */
  | {
      readonly kind: "volatility_target";
      readonly percent: number;
      readonly period: number;
      readonly maxPercent: number;
    }
  /** As `percent_of_equity` of a fraction of Kelly's share by the latest closed trades; `percent` before there are so many. */
  | {
      readonly kind: "kelly";
      readonly fraction: number;
      readonly trades: number;
      readonly percent: number;
    }
  /** The whole position; nothing when it is flat or when the side would increase it. */
  | { readonly kind: "close" };

/** A rule never fires under a position state. */
export const NEVER = -1;
/** A rule fires on every bar under a position state. */
export const ALWAYS = -2;

/**
 * One rule, ready to simulate. `when` gives, per position sign, which condition decides it:
 * an index into {@link Signals.conditions}, {@link NEVER} or {@link ALWAYS}.
 */
export interface OrderRule {
  readonly side: "buy" | "sell";
  readonly sizing: Sizing;
  readonly when: { readonly flat: number; readonly long: number; readonly short: number };
  /** A limit order's price per bar (na: no order). Absent: a market order. */
  readonly limit?: Float64Array;
}

/** How far an exit is from its reference price: from the average entry price, a trailing stop from the best price. */
export type ExitDistance =
  | { readonly kind: "percent"; readonly percent: number }
  | { readonly kind: "ticks"; readonly ticks: number }
  /** `atr`: per bar; as of the signal bar of the last order that increased the position. */
  | { readonly kind: "atr"; readonly multiple: number; readonly atr: Float64Array };

/** What closes a whole position by itself. */
export interface SignalExits {
  readonly stopLoss?: ExitDistance;
  readonly takeProfit?: ExitDistance;
  readonly trailingStop?: ExitDistance;
}

/** What a strategy wants on a dataset, independent of the position it will be in. */
export interface Signals {
  readonly length: number;
  readonly conditions: readonly Mask[];
  /** In document order. All that fire on a bar see the same position. */
  readonly rules: readonly OrderRule[];
  readonly exits?: SignalExits;
  /** Open orders of earlier bars are cancelled whenever new ones are placed (market making). */
  readonly replaceOrders: boolean;
  /** Minimum milliseconds between the bars on which orders are placed; 0 for none. */
  readonly cooldown: number;
}

/** Money at the start of rule documents. */
export const DEFAULT_CASH = 10_000;

/** Execution settings of one run. Fractions, not percent. */
export interface RunSettings {
  readonly cash: number;
  /** Fraction of the value of each fill. */
  readonly commission: number;
  /** Adverse fraction of the price on market fills. */
  readonly slippage: number;
  readonly fill: "next_open" | "close";
  /** Whole bars of latency before an order may fill. */
  readonly delay: number;
  /** First bar on which the strategy acts; earlier ones only warm the indicators up. */
  readonly start: number;
  /** Absent where the settings above say all. */
  readonly execution?: ExecutionModels;
  /** For sizes by volatility; reckoned from the bars where it is absent. */
  readonly barsPerYear?: number;
}
