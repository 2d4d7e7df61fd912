import type { Dialect } from "./dialect.ts";
import type {
  BooleanNode,
  IndicatorNode,
  IrNode,
  NumberNode,
  ParamNode,
  ScalarNode,
} from "./node.ts";

/** How much an order trades. No part of a strategy's identity. */
export type IrSizing =
  | { readonly kind: "quantity"; readonly quantity: string | ParamNode }
  | { readonly kind: "percent_of_equity"; readonly percent: ScalarNode }
  | { readonly kind: "cash"; readonly cash: ScalarNode }
  | {
      readonly kind: "volatility_target";
      readonly percent: ScalarNode;
      readonly period: ScalarNode;
      readonly maxPercent: ScalarNode;
    }
  | {
      readonly kind: "kelly";
      readonly fraction: ScalarNode;
      readonly trades: ScalarNode;
      readonly percent: ScalarNode;
    }
  | { readonly kind: "close" };

/** How far an exit is from its reference price. */
export type IrDistance =
  | { readonly kind: "percent"; readonly percent: ScalarNode }
  | { readonly kind: "atr"; readonly multiple: ScalarNode; readonly atr: IndicatorNode }
  | { readonly kind: "ticks"; readonly ticks: ScalarNode };

export const EXIT_NAMES = ["stopLoss", "takeProfit", "trailingStop"] as const;
export type ExitName = (typeof EXIT_NAMES)[number];

/** What closes a position by itself. Part of a strategy's identity. */
export type IrExits = Readonly<Partial<Record<ExitName, IrDistance>>>;

/** When `when` is true at a bar's close, place this order. */
export interface IrRule {
  readonly when: BooleanNode;
  readonly side: "buy" | "sell";
  /** Price of a limit order; absent: a market order. */
  readonly limit?: NumberNode;
  readonly sizing: IrSizing;
}

/** What a parameter may be: the declared range joined with what its uses need. */
export interface ParamSpec {
  readonly name: string;
  readonly default: number;
  readonly integer: boolean;
  readonly min: number | null;
  readonly max: number | null;
  /** The value must be greater than `min`, not equal to it. */
  readonly exclusiveMin: boolean;
  readonly step: number | null;
  readonly title: string | null;
}

/** A whole strategy: the nodes of one graph and the rules that use them. */
export interface IrProgram {
  readonly dialect: Dialect;
  /** Operands before users. */
  readonly nodes: readonly IrNode[];
  /** In document order; all that fire on a bar see the same position. */
  readonly rules: readonly IrRule[];
  /** Absent where nothing closes by itself. */
  readonly exits?: IrExits;
  readonly params: readonly ParamSpec[];
  /** Minimum seconds between bars on which orders are placed. */
  readonly cooldown: ScalarNode;
  /** New orders cancel the open ones (market making). */
  readonly replaceOrders: boolean;
}
