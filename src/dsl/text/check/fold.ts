import type { CoreOp, MathFn } from "../core.ts";

type Constant = number | boolean | string;

/** How far floats may differ and still be equal, unless `//@swymc exact`. */
const TOLERANCE = 1e-10;

/** A binary operation on constants, by the rules of a run; null where it is left to the run. */
export function foldBinary(
  op: CoreOp,
  left: Constant,
  right: Constant,
  exact: boolean,
): Constant | null {
  if (op === "and") return left === true && right === true;
  if (op === "or") return left === true || right === true;
  if (op === "concat") return `${left}${right}`;
  if (typeof left === "number" && typeof right === "number") {
    return ARITHMETIC[op] !== undefined
      ? finite(ARITHMETIC[op](left, right))
      : compared(op, left, right, exact);
  }
  if (op === "eq") return left === right;
  return op === "ne" ? left !== right : null;
}

const ARITHMETIC: { readonly [op in CoreOp]?: (a: number, b: number) => number } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  idiv: (a, b) => Math.trunc(a / b),
  mod: (a, b) => a % b,
};

function compared(op: CoreOp, a: number, b: number, exact: boolean): boolean | null {
  if (Number.isNaN(a) || Number.isNaN(b)) return false;
  const same = exact ? a === b : Math.abs(a - b) <= TOLERANCE;
  if (op === "eq") return same;
  if (op === "ne") return !same;
  if (op === "lt") return a < b && !same;
  if (op === "le") return a < b || same;
  if (op === "gt") return a > b && !same;
  return op === "ge" ? a > b || same : null;
}

const FOLDED: { readonly [fn in MathFn]?: (...args: number[]) => number } = {
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  sqrt: Math.sqrt,
  min: Math.min,
  max: Math.max,
  int: Math.trunc,
  float: (x) => x,
};

/** Functions of numbers that are exact on every machine; others are left to the run. */
export function foldMath(fn: string, args: readonly Constant[]): number | null {
  const fold = Object.hasOwn(FOLDED, fn) ? FOLDED[fn as MathFn] : undefined;
  if (fold === undefined || !args.every((arg) => typeof arg === "number")) return null;
  return finite(fold(...(args as number[])));
}

const finite = (x: number) => (Number.isFinite(x) ? x : Number.NaN);
