import type { Span } from "./ast.ts";
import type { CoreType, Qualifier } from "./core.ts";
import type { CoreStatement } from "./core-statements.ts";

interface Of<K extends string> {
  readonly kind: K;
  readonly type: CoreType;
  readonly qualifier: Qualifier;
  readonly span: Span;
}

export interface ConstExpr extends Of<"const"> {
  readonly value: number | boolean | string;
  /** What was folded into it: rule documents keep their arithmetic as it is written. */
  readonly folded?: BinaryExpr;
}

export interface InputExpr extends Of<"input"> {
  readonly name: string;
}

/** What every bar has without computing. */
export const BAR_FIELDS = [
  "open",
  "high",
  "low",
  "close",
  "volume",
  "time",
  "time_close",
  "bar_index",
  "last_bar_index",
] as const;

export interface FieldExpr extends Of<"field"> {
  readonly field: (typeof BAR_FIELDS)[number];
}

/** The value of a slot now. */
export interface LocalExpr extends Of<"local"> {
  readonly slot: number;
}

/** The value at the end of the bar `offset` bars ago; na (false, "") before the first. 0 is now. */
export interface PastExpr extends Of<"past"> {
  readonly of: LocalExpr | FieldExpr;
  readonly offset: CoreExpr;
}

export interface UnaryExpr extends Of<"unary"> {
  readonly op: "neg" | "not";
  readonly operand: CoreExpr;
}

export type CoreOp =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "idiv"
  | "mod"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "eq"
  | "ne"
  | "and"
  | "or"
  | "concat";

/**
 * Comparisons of floats hold |a - b| <= 1e-10 for equal unless `exact`; with na they are false, `ne` too. `idiv` truncates (v3 to
 * v5, two const ints). `and`, `or` are lazy from v6 on, and `eager` before: both sides are computed.
 */
export interface BinaryExpr extends Of<"binary"> {
  readonly op: CoreOp;
  readonly left: CoreExpr;
  readonly right: CoreExpr;
  readonly eager: boolean;
}

/**
 * Only the branch taken is computed, in every version: TradingView warns of calls in `?:` that are not made on every bar.
 * `iff` is a function, so that its arguments stand in slots set before.
 */
export interface SelectExpr extends Of<"select"> {
  readonly test: CoreExpr;
  readonly then: CoreExpr;
  readonly otherwise: CoreExpr;
}

/** A pure function of its arguments: `math.*`, `nz`, `na`, casts. */
export interface MathExpr extends Of<"math"> {
  readonly fn: MathFn;
  readonly args: readonly CoreExpr[];
}

export const MATH_FNS = [
  "abs",
  "sign",
  "floor",
  "ceil",
  "round",
  "round_to",
  "trunc",
  "sqrt",
  "pow",
  "exp",
  "log",
  "log10",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "todegrees",
  "toradians",
  "min",
  "max",
  "avg",
  "na",
  "nz",
  "int",
  "float",
  "bool",
  "round_to_mintick",
] as const;

export type MathFn = (typeof MATH_FNS)[number];

/** One output of a registered indicator. Its state advances only when it is computed. */
export interface IndicatorExpr extends Of<"indicator"> {
  readonly name: string;
  readonly output: string;
  readonly sources: readonly CoreExpr[];
  /** In the order of the definition; below series, except where the language allows a series length. */
  readonly params: readonly CoreExpr[];
  /** Calls that share a site (several outputs of one tuple) share the state. */
  readonly site: number;
}

/** `syminfo.*`, `timeframe.*`: constants of a run that the data give. */
export interface ChartExpr extends Of<"chart"> {
  readonly field: string;
}

/** `strategy.position_size` and the like, as of the last fill. */
export interface LedgerExpr extends Of<"ledger"> {
  readonly field: LedgerField;
}

export const LEDGER_FIELDS = [
  "position_size",
  "position_avg_price",
  "equity",
  "initial_capital",
  "netprofit",
  "openprofit",
  "grossprofit",
  "grossloss",
  "closedtrades",
  "opentrades",
  "wintrades",
  "losstrades",
  "eventrades",
  "max_drawdown",
  "max_runup",
  "max_contracts_held_all",
  "max_contracts_held_long",
  "max_contracts_held_short",
  "margin_liquidation_price",
  "opentrades_capital_held",
  "avg_trade",
  "avg_winning_trade",
  "avg_losing_trade",
  "netprofit_percent",
  "openprofit_percent",
  "grossprofit_percent",
  "grossloss_percent",
  "max_drawdown_percent",
  "max_runup_percent",
  "avg_trade_percent",
  "avg_winning_trade_percent",
  "avg_losing_trade_percent",
  "position_entry_name",
  "account_currency",
] as const;

export type LedgerField = (typeof LEDGER_FIELDS)[number];

/** `strategy.closedtrades.entry_price(i)`. */
export interface TradeExpr extends Of<"trade"> {
  readonly list: "closed" | "open";
  readonly field: TradeField;
  readonly index: CoreExpr;
}

export const TRADE_FIELDS = [
  "entry_price",
  "entry_bar_index",
  "entry_time",
  "entry_id",
  "entry_comment",
  "exit_price",
  "exit_bar_index",
  "exit_time",
  "exit_id",
  "exit_comment",
  "size",
  "profit",
  "profit_percent",
  "commission",
  "max_runup",
  "max_runup_percent",
  "max_drawdown",
  "max_drawdown_percent",
] as const;

export type TradeField = (typeof TRADE_FIELDS)[number];

/** `year(time, zone)`, `timestamp(…)`, `time(timeframe, session, zone)`: names of the language without dots and version. */
export interface CalendarExpr extends Of<"calendar"> {
  readonly fn:
    | "year"
    | "month"
    | "weekofyear"
    | "dayofmonth"
    | "dayofweek"
    | "hour"
    | "minute"
    | "second"
    | "timestamp"
    | "time_session"
    | "time_close_session"
    | "time_tradingday"
    | "timeframe_change"
    | "format_time";
  readonly args: readonly CoreExpr[];
}

/** `str.*` on values of scripts. */
export interface StringExpr extends Of<"string"> {
  readonly fn: string;
  readonly args: readonly CoreExpr[];
}

/**
 * `array.*`, `map.*` and `matrix.*` that give a value; the array is the first argument. Writers change it in place. Of objects: `object.new`
 * of all fields, `object.get` and `object.set` of the field whose number is the second argument, and `object.copy`.
 */
export interface ArrayExpr extends Of<"array"> {
  readonly fn: string;
  readonly args: readonly CoreExpr[];
}

/** `request.security` on the same symbol: `value` computed on the bars of `timeframe`, as far as they have closed. */
export interface SecurityExpr extends Of<"security"> {
  readonly timeframe: CoreExpr;
  /** heikin-ashi bars instead of the chart's. */
  readonly heikinashi: boolean;
  /** Statements that compute `value` on each bar of that timeframe, with slots of their own. */
  readonly body: readonly CoreStatement[];
  readonly value: CoreExpr;
  readonly gaps: boolean;
  /** Only where `value` is offset by a bar or more, so that nothing is known early. */
  readonly lookahead: boolean;
}

/** Statements, then a value: what is left of an inlined function or of `if` as an expression. */
export interface BlockExpr extends Of<"block"> {
  readonly statements: readonly CoreStatement[];
  readonly value: CoreExpr;
}

export type CoreExpr =
  | ConstExpr
  | InputExpr
  | FieldExpr
  | LocalExpr
  | PastExpr
  | UnaryExpr
  | BinaryExpr
  | SelectExpr
  | MathExpr
  | IndicatorExpr
  | ChartExpr
  | LedgerExpr
  | TradeExpr
  | CalendarExpr
  | StringExpr
  | ArrayExpr
  | SecurityExpr
  | BlockExpr;
