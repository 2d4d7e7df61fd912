import type { Dialect } from "./kernel.ts";

export type ArithmeticOp = "add" | "sub" | "mul" | "div";
export type ComparisonOp = "gt" | "lt" | "ge" | "le" | "eq" | "ne";

/** One operation of a bar; operands are the numbers of earlier instructions. */
export type Instruction =
  /** A column's value as many bars ago as the scalars `offsets` add up to; na before the first bar. */
  | { readonly op: "load"; readonly column: number; readonly offsets: readonly number[] }
  | { readonly op: "scalar"; readonly scalar: number }
  | { readonly op: ArithmeticOp; readonly a: number; readonly b: number }
  | { readonly op: ComparisonOp; readonly a: number; readonly b: number }
  /** `a` crosses over `b`; negated: known not to. Carries state from bar to bar. */
  | { readonly op: "cross"; readonly negated: boolean; readonly a: number; readonly b: number }
  | { readonly op: "and" | "or"; readonly operands: readonly number[] }
  | { readonly op: "truth"; readonly value: boolean };

/**
 * Straight-line element-wise code: what is computed at each bar from columns and scalars. The emitter
 * turns it into a fused loop, the interpreter runs it where generated code is forbidden; same bits.
 */
export interface Tape {
  readonly dialect: Dialect;
  readonly instructions: readonly Instruction[];
  /** Instructions whose values leave the loop. */
  readonly outputs: readonly number[];
}

const ARITHMETIC: ReadonlySet<string> = new Set(["add", "sub", "mul", "div"]);
const COMPARISONS: ReadonlySet<string> = new Set(["gt", "lt", "ge", "le", "eq", "ne"]);

export function isArithmetic(i: Instruction): i is Extract<Instruction, { op: ArithmeticOp }> {
  return ARITHMETIC.has(i.op);
}

export function isComparison(i: Instruction): i is Extract<Instruction, { op: ComparisonOp }> {
  return COMPARISONS.has(i.op);
}

/** The crosses of a tape: the numbers of their instructions, in order. */
export function crossesOf(tape: Tape): number[] {
  return tape.instructions.flatMap((each, k) => (each.op === "cross" ? [k] : []));
}
