import { COLUMNS } from "./columns.ts";
import type { Dialect } from "./kernel.ts";
import { finiteOrNa } from "./na.ts";
import type { Tape } from "./tape.ts";

/** Columns 0..5 of every plan are those of the bars, in the order of COLUMNS. */
export const BAR_COLUMNS = COLUMNS.length;

/** A number that is constant for a run, as a function of the parameters; operands are earlier scalars. */
export type Scalar =
  | { readonly op: "literal"; readonly value: number }
  | { readonly op: "param"; readonly index: number }
  | { readonly op: "add" | "sub" | "mul" | "div"; readonly a: number; readonly b: number };

/** Fills columns by one call of an indicator kernel. */
export interface IndicatorStep {
  readonly kind: "indicator";
  readonly name: string;
  readonly sources: readonly number[];
  /** Scalars. */
  readonly params: readonly number[];
  readonly outputs: readonly number[];
}

/** Fills one column by element-wise arithmetic. */
export interface MapStep {
  readonly kind: "map";
  readonly tape: Tape;
  /** Crosses of the tape: how much state it carries. */
  readonly crosses: number;
  readonly output: number;
}

/** Fills condition masks, one per output of the tape. */
export interface MaskStep {
  readonly kind: "masks";
  readonly tape: Tape;
  /** Crosses of the tape: how much state it carries. */
  readonly crosses: number;
  readonly conditions: readonly number[];
}

export type Step = IndicatorStep | MapStep | MaskStep;

export type PlanSizing =
  | { readonly kind: "quantity"; readonly quantity: string }
  | { readonly kind: "quantity_scalar"; readonly scalar: number }
  | { readonly kind: "percent_of_equity"; readonly scalar: number }
  | { readonly kind: "cash"; readonly scalar: number }
  | {
      readonly kind: "volatility_target";
      readonly percent: number;
      readonly period: number;
      readonly maxPercent: number;
    }
  | {
      readonly kind: "kelly";
      readonly fraction: number;
      readonly trades: number;
      readonly percent: number;
    }
  | { readonly kind: "close" };

/** How far an exit is from its reference price: scalars, and the column of the ATR. */
export type PlanDistance =
  | { readonly kind: "percent"; readonly scalar: number }
  | { readonly kind: "ticks"; readonly scalar: number }
  | { readonly kind: "atr"; readonly scalar: number; readonly column: number };

export type PlanExits = Readonly<
  Partial<Record<"stopLoss" | "takeProfit" | "trailingStop", PlanDistance>>
>;

/** `when`: a condition, or NEVER / ALWAYS of the backtest's contract, per position state. */
export interface PlanRule {
  readonly side: "buy" | "sell";
  readonly sizing: PlanSizing;
  readonly when: { readonly flat: number; readonly long: number; readonly short: number };
  readonly limit: number | null;
}

/**
 * A program as a schedule: scalars, then columns and masks in order, each once. Plain data, so that it
 * can stand in an emitted module or be sent to a worker.
 */
export interface Plan {
  readonly dialect: Dialect;
  readonly scalars: readonly Scalar[];
  readonly columns: number;
  readonly steps: readonly Step[];
  readonly conditions: number;
  readonly rules: readonly PlanRule[];
  /** Absent where nothing closes by itself. */
  readonly exits?: PlanExits;
  readonly cooldown: number;
  readonly replaceOrders: boolean;
}

/** Values of the plan's scalars for parameter values in order of declaration; x / 0 and overflow are na. */
export function evaluateScalars(
  scalars: readonly Scalar[],
  params: readonly number[],
): Float64Array {
  const values = new Float64Array(scalars.length);
  scalars.forEach((scalar, k) => {
    values[k] = finiteOrNa(evaluateScalar(scalar, values, params));
  });
  return values;
}

function evaluateScalar(scalar: Scalar, values: Float64Array, params: readonly number[]): number {
  switch (scalar.op) {
    case "literal":
      return scalar.value;
    case "param":
      return params[scalar.index]!;
    case "add":
      return values[scalar.a]! + values[scalar.b]!;
    case "sub":
      return values[scalar.a]! - values[scalar.b]!;
    case "mul":
      return values[scalar.a]! * values[scalar.b]!;
    case "div":
      return values[scalar.a]! / values[scalar.b]!;
  }
}
