import type { Span } from "./ast.ts";
import type { CoreStatement } from "./core-statements.ts";

export {
  type ArrayExpr,
  BAR_FIELDS,
  type BinaryExpr,
  type BlockExpr,
  type CalendarExpr,
  type ChartExpr,
  type ConstExpr,
  type CoreExpr,
  type CoreOp,
  type FieldExpr,
  type IndicatorExpr,
  type InputExpr,
  LEDGER_FIELDS,
  type LedgerExpr,
  type LedgerField,
  type LocalExpr,
  MATH_FNS,
  type MathExpr,
  type MathFn,
  type PastExpr,
  type SecurityExpr,
  type SelectExpr,
  type StringExpr,
  TRADE_FIELDS,
  type TradeExpr,
  type TradeField,
  type UnaryExpr,
} from "./core-expressions.ts";
export type { CoreStatement, OrderCall } from "./core-statements.ts";

/**
 * A checked script, ready to be run: names are resolved to slots, versions are levelled, user functions are inlined (each
 * call has slots of its own, so its own state), constants are folded, dead code is gone. Every node is typed.
 *
 *     text → syntax tree → check → core → slice → core → hoist (columns) + bar loop
 *
 * Values at run time: int, float and color are numbers, na is NaN; bool is true or false, and na as a bool is false;
 * text is a string, na as text is "".
 */
export interface CoreScript {
  readonly version: number;
  /**
   * `//@swymc exact`: comparisons without the tolerance of 1e-10, and `not` of comparisons and crosses false where they are
   * na, as in rule documents: it is pushed down to them.
   */
  readonly exact: boolean;
  readonly settings: StrategySettings;
  readonly inputs: readonly InputSpec[];
  readonly slots: readonly Slot[];
  readonly body: readonly CoreStatement[];
}

export type Scalar = "int" | "float" | "bool" | "text" | "color";

/** What arrays, maps and matrices hold; objects are of types of the user. */
export type Item = Scalar | `object<${string}>`;

export type CoreType = Item | `array<${Item}>` | `matrix<${Item}>` | `map<${Scalar},${Item}>`;

/** Of a value that is shared by the variables that it is given to, and changed in place. na is null at run time. */
export const isReference = (type: string): boolean => type.endsWith(">");

/** When a value is known, earliest first. Everything below series is constant for a run. */
export type Qualifier = "const" | "input" | "simple" | "series";

/** A variable. Its number is its place in `CoreScript.slots`. */
export interface Slot {
  readonly id: number;
  /** As written, for messages and `explain`; inlined functions prefix theirs: `f#2.x`. */
  readonly name: string;
  readonly type: CoreType;
  /**
   * `bar`: set before it is read, on each bar where it is reached; `var`: kept. Where neither is reached the value stays as
   * it was, so that its past is that of the last time.
   */
  readonly lifetime: "bar" | "var";
  /** Most bars back that are read: 0 for none, null where the offset is not known (bounded by MAX_HISTORY). */
  readonly history: number | null;
}

/** `input.*`: named by its variable, sweepable. */
export interface InputSpec {
  readonly name: string;
  readonly title: string | null;
  readonly type: Scalar | "source";
  readonly standard: number | boolean | string;
  readonly min: number | null;
  readonly max: number | null;
  readonly step: number | null;
  readonly options: readonly (number | string)[] | null;
  readonly span: Span;
}

/** The arguments of `strategy(…)`, with the defaults of its version. */
export interface StrategySettings {
  readonly title: string;
  /** null where the script leaves it open. */
  readonly initial_capital: number | null;
  readonly default_qty_type: "fixed" | "cash" | "percent_of_equity";
  readonly default_qty_value: number;
  readonly pyramiding: number;
  readonly commission_type: "percent" | "cash_per_contract" | "cash_per_order";
  readonly commission_value: number | null;
  /** Ticks. */
  readonly slippage: number | null;
  readonly process_orders_on_close: boolean;
  readonly close_entries_rule: "FIFO" | "ANY";
  readonly margin_long: number;
  readonly margin_short: number;
  readonly calc_on_order_fills: boolean;
  readonly calc_on_every_tick: boolean;
  readonly backtest_fill_limits_assumption: number;
}

export const MAX_HISTORY = 5000;
