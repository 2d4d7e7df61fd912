import type { Field } from "../vector/columns.ts";
import type { Interval } from "../vector/interval.ts";
import type { Dialect } from "../vector/kernel.ts";

/** A number, or the name of a declared parameter in its place. */
export type NumberOrParam = number | { readonly param: string };

/** A declared parameter: its default and, for sweeps, its space. */
export interface ParamDeclaration {
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly title?: string;
}

interface Commented {
  readonly comment?: string;
}

export type Expression =
  | (Commented & { readonly kind: "literal"; readonly value: NumberOrParam })
  | (Commented & { readonly kind: "field"; readonly field: Field; readonly offset?: NumberOrParam })
  | FuncExpression
  | (Commented & {
      readonly kind: "bin_op";
      readonly op: "add" | "sub" | "mul" | "div";
      readonly left: Expression;
      readonly right: Expression;
    });

/** A rolling function: of `field`, or of `source` in its place. Other parameters stand under their registry names. */
export interface FuncExpression extends Commented {
  readonly kind: "func";
  readonly name: string;
  readonly field?: Field;
  readonly source?: Expression;
  readonly period?: NumberOrParam;
  readonly num_std_dev?: NumberOrParam;
  readonly output?: string;
  readonly offset?: NumberOrParam;
}

export type CompareOp = ">" | "<" | ">=" | "<=" | "==";
export type Direction = "above" | "below";

export type Condition =
  | (Commented & {
      readonly kind: "ema_crossover";
      readonly fast_period: NumberOrParam;
      readonly slow_period: NumberOrParam;
      readonly direction: Direction;
    })
  | (Commented & {
      readonly kind: "ema_trend";
      readonly period: NumberOrParam;
      readonly direction: Direction;
    })
  | (Commented & {
      readonly kind: "rsi";
      readonly period?: NumberOrParam;
      readonly threshold: NumberOrParam;
      readonly comparison: Direction;
    })
  | (Commented & {
      readonly kind: "bollinger";
      readonly period?: NumberOrParam;
      readonly num_std_dev?: NumberOrParam;
      readonly band: "above_upper" | "below_lower";
    })
  | (Commented & {
      readonly kind: "price_level";
      readonly price: NumberOrParam;
      readonly direction: Direction;
    })
  | (Commented & { readonly kind: "position"; readonly state: "flat" | "long" | "short" })
  | (Commented & { readonly kind: "all_of" | "any_of"; readonly conditions: readonly Condition[] })
  | (Commented & { readonly kind: "not"; readonly condition: Condition })
  | (Commented & {
      readonly kind: "compare";
      readonly left: Expression;
      readonly op: CompareOp;
      readonly right: Expression;
    })
  | (Commented & {
      readonly kind: "cross_over" | "cross_under";
      readonly left: Expression;
      readonly right: Expression;
    });

/** Exactly one of `quantity`, `size` and `close` is given. */
export interface Action extends Commented {
  readonly side: "buy" | "sell";
  /** A positive decimal string. */
  readonly quantity?: string | { readonly param: string };
  readonly size?: { readonly percent_of_equity: NumberOrParam } | { readonly cash: NumberOrParam };
  readonly close?: true;
}

export interface Rule extends Commented {
  readonly when: Condition;
  readonly then: Action;
}

interface StrategyCommon extends Commented {
  readonly $schema?: string;
  readonly candle_interval?: Interval;
  readonly dialect?: Dialect;
  readonly params?: Readonly<Record<string, ParamDeclaration>>;
}

export interface RuleBasedStrategy extends StrategyCommon {
  readonly type: "rule_based";
  readonly rules: readonly Rule[];
}

interface NamedCommon extends StrategyCommon {
  readonly order_quantity: string | { readonly param: string };
  readonly interval_secs?: NumberOrParam;
}

export type NamedStrategy =
  | (StrategyCommon & {
      readonly type: "default";
      readonly order_quantity?: string;
      readonly interval_secs?: NumberOrParam;
    })
  | (NamedCommon & { readonly type: "simple_spread"; readonly spread?: NumberOrParam })
  | (NamedCommon & {
      readonly type: "ema_crossover";
      readonly fast_period?: NumberOrParam;
      readonly slow_period?: NumberOrParam;
    })
  | (NamedCommon & {
      readonly type: "rsi_reversal";
      readonly rsi_period?: NumberOrParam;
      readonly oversold?: NumberOrParam;
      readonly overbought?: NumberOrParam;
    })
  | (NamedCommon & {
      readonly type: "bollinger_breakout";
      readonly period?: NumberOrParam;
      readonly num_std_dev?: NumberOrParam;
    });

export type StrategyDocument = RuleBasedStrategy | NamedStrategy;

/** What a paper-run body says of the run, resolved: the strategy stands beside it (SEMANTICS §2). */
export interface PaperRun {
  readonly mode: string | null;
  /** Epoch ms, inclusive. */
  readonly startsAt: number | null;
  /** Epoch ms, exclusive. */
  readonly finishesAt: number | null;
  /** Annual fraction. */
  readonly riskFreeReturn: number;
  readonly exchange: string | null;
  readonly symbol: string | null;
  readonly kind: string | null;
  readonly latencyMs: number;
  /** Fraction of the order value. */
  readonly commission: number;
  /** `free` of the quote asset's balance, null where the body has none. */
  readonly cash: number | null;
}

/** A document that passed every check. */
export interface CheckedDocument {
  readonly strategy: StrategyDocument;
  readonly paperRun: PaperRun | null;
}
