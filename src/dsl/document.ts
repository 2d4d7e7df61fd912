import type { Field } from "../vector/columns.ts";
import type { Interval } from "../vector/interval.ts";
import type { Dialect } from "../vector/kernel.ts";

interface Commented {
  readonly comment?: string;
}

/** Stands for the value of a declared parameter. */
export interface ParamRef extends Commented {
  readonly param: string;
}

/** A number, or the name of a declared parameter in its place. */
export type NumberOrParam = number | ParamRef;

/** A positive decimal string, or the name of a declared parameter in its place. */
export type QuantityOrParam = string | ParamRef;

/** A declared parameter: its default and, for sweeps, its space. */
export interface ParamDeclaration extends Commented {
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly title?: string;
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

/**
 * A rolling function: of `field`, or of `source` in its place, or of columns that it reads by itself. Its numbers stand
 * under their registry names.
 */
export interface FuncExpression extends Commented, FuncNumbers {
  readonly kind: "func";
  readonly name: string;
  readonly field?: Field;
  readonly source?: Expression;
  /** The second series of a function that reads two. */
  readonly other?: Expression;
  readonly condition?: Condition;
  readonly output?: string;
  readonly offset?: NumberOrParam;
}

/** Every number that some function of the registry takes. */
interface FuncNumbers {
  readonly base_period?: NumberOrParam;
  readonly center?: NumberOrParam;
  readonly conversion_period?: NumberOrParam;
  readonly d_period?: NumberOrParam;
  readonly displacement?: NumberOrParam;
  readonly factor?: NumberOrParam;
  readonly fast_period?: NumberOrParam;
  readonly handle_na?: NumberOrParam;
  readonly increment?: NumberOrParam;
  readonly k_period?: NumberOrParam;
  readonly left?: NumberOrParam;
  readonly long_period?: NumberOrParam;
  readonly maximum?: NumberOrParam;
  readonly multiplier?: NumberOrParam;
  readonly num_std_dev?: NumberOrParam;
  readonly occurrence?: NumberOrParam;
  readonly percentage?: NumberOrParam;
  readonly period?: NumberOrParam;
  readonly right?: NumberOrParam;
  readonly rsi_period?: NumberOrParam;
  readonly session_minutes?: NumberOrParam;
  readonly session_months?: NumberOrParam;
  readonly session_start?: NumberOrParam;
  readonly shift?: NumberOrParam;
  readonly short_period?: NumberOrParam;
  readonly sigma?: NumberOrParam;
  readonly signal_period?: NumberOrParam;
  readonly slow_period?: NumberOrParam;
  readonly smoothing?: NumberOrParam;
  readonly span_period?: NumberOrParam;
  readonly start?: NumberOrParam;
  readonly stoch_period?: NumberOrParam;
  readonly use_true_range?: NumberOrParam;
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
  | (Commented & {
      readonly kind: "all_of" | "any_of";
      readonly conditions: readonly Condition[];
      /** Of `any_of`: how many must be true; 1. */
      readonly at_least?: NumberOrParam;
    })
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
  readonly quantity?: QuantityOrParam;
  readonly size?: Size;
  readonly close?: true;
}

/** Exactly one of the four is given. */
export interface Size extends Commented {
  readonly percent_of_equity?: NumberOrParam;
  readonly cash?: NumberOrParam;
  readonly volatility_target?: VolatilityTarget;
  readonly kelly?: KellySize;
}

export interface VolatilityTarget extends Commented {
  /** A year. */
  readonly percent: NumberOrParam;
  readonly period?: NumberOrParam;
  readonly max_percent?: NumberOrParam;
}

export interface KellySize extends Commented {
  readonly fraction?: NumberOrParam;
  readonly trades?: NumberOrParam;
  readonly percent?: NumberOrParam;
}

/** Prices at which an open position is closed by itself. */
export interface Exits extends Commented {
  readonly stop_loss?: ExitDistance;
  readonly take_profit?: ExitDistance;
  readonly trailing_stop?: ExitDistance;
}

/** Exactly one of the three is given. */
export interface ExitDistance extends Commented {
  readonly percent?: NumberOrParam;
  readonly atr?: Commented & { readonly multiple: NumberOrParam; readonly period?: NumberOrParam };
  readonly ticks?: NumberOrParam;
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
  readonly exits?: Exits;
}

interface NamedCommon extends StrategyCommon {
  readonly order_quantity: QuantityOrParam;
  readonly interval_secs?: NumberOrParam;
}

/** Those that go long and leave, and so have a position that exits can close. */
interface NamedLongOnly extends NamedCommon {
  readonly exits?: Exits;
}

export type NamedStrategy =
  | (StrategyCommon & {
      readonly type: "default";
      readonly order_quantity?: QuantityOrParam;
      readonly interval_secs?: NumberOrParam;
    })
  | (NamedCommon & { readonly type: "simple_spread"; readonly spread?: NumberOrParam })
  | (NamedLongOnly & {
      readonly type: "ema_crossover";
      readonly fast_period?: NumberOrParam;
      readonly slow_period?: NumberOrParam;
    })
  | (NamedLongOnly & {
      readonly type: "rsi_reversal";
      readonly rsi_period?: NumberOrParam;
      readonly oversold?: NumberOrParam;
      readonly overbought?: NumberOrParam;
    })
  | (NamedLongOnly & {
      readonly type: "bollinger_breakout";
      readonly period?: NumberOrParam;
      readonly num_std_dev?: NumberOrParam;
    });

export type StrategyDocument = RuleBasedStrategy | NamedStrategy;

/** The body of a paper run as it is written. */
export interface PaperRunBody extends Commented {
  readonly $schema?: string;
  readonly mode?: string;
  /** ISO 8601, inclusive. */
  readonly starts_at?: string;
  /** ISO 8601, exclusive. */
  readonly finishes_at?: string;
  readonly risk_free_return?: number;
  readonly config: Commented & {
    readonly instrument: Instrument;
    readonly execution: Execution;
    readonly strategy?: StrategyDocument;
  };
}

export interface Instrument extends Commented {
  readonly exchange?: string;
  readonly name_exchange: string;
  readonly underlying: Commented & { readonly base: string; readonly quote: string };
  readonly quote?: "underlying_quote";
  readonly kind?: string;
}

export interface Execution extends Commented {
  readonly mocked_exchange?: string;
  readonly latency_ms?: number;
  /** A fraction of the order's value, in spite of its name. */
  readonly fees_percent?: number;
  readonly initial_state?: Commented & {
    readonly exchange?: string;
    readonly balances: readonly AssetBalance[];
    readonly instrument?: Commented & {
      readonly instrument_name?: string;
      readonly orders?: readonly [];
    };
  };
}

export interface AssetBalance extends Commented {
  readonly asset: string;
  readonly balance: Commented & { readonly total?: number; readonly free: number };
  readonly time_exchange?: string;
}

/** Any document of the rule language. */
export type RulesDocument = StrategyDocument | PaperRunBody;

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
