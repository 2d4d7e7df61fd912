/** Values of scripts: numbers (na is NaN), truths, texts, arrays, maps, matrices, objects and tuples. */
export type Value =
  | number
  | boolean
  | string
  | PineArray
  | PineMap
  | PineMatrix
  | PineObject
  | Tuple;

/** Elements row by row. */
export class PineMatrix {
  constructor(
    public rows: number,
    public columns: number,
    public items: Value[],
  ) {}
}

/** A list of pairs, looked through from the start. */
export class PineMap {
  constructor(public pairs: (readonly [key: Value, value: Value])[]) {}
}

/** An instance of a type of the script. */
export class PineObject {
  constructor(
    readonly type: string,
    readonly fields: Map<string, Value>,
  ) {}
}

/** An array is shared by the variables that it is given to. */
export class PineArray {
  constructor(public items: Value[]) {}
}

export class Tuple {
  constructor(readonly items: readonly Value[]) {}
}

export const na = Number.NaN;

export const isNa = (value: Value): boolean => typeof value === "number" && Number.isNaN(value);

export function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return na;
}

/** na is false; before version 6 a number is true unless it is 0. */
export function toBool(value: Value): boolean {
  if (typeof value === "number") return !Number.isNaN(value) && value !== 0;
  return value === true;
}

export function toText(value: Value): string {
  return typeof value === "string" ? value : "";
}

/** No infinity reaches a result. */
export const finite = (x: number): number => (Number.isFinite(x) ? x : na);

/** Numbers nearer than this are equal to a script. */
const TOLERANCE = 1e-10;

export function compare(op: string, left: Value, right: Value, exact: boolean): boolean {
  if (typeof left === "string" || typeof right === "string") {
    if (isNa(left) || isNa(right)) return false;
    return op === "==" ? left === right : op === "!=" ? left !== right : false;
  }
  if (isNa(left) || isNa(right)) return false;
  const [a, b] = [toNumber(left), toNumber(right)];
  const equal = Math.abs(a - b) <= (exact ? 0 : TOLERANCE);
  switch (op) {
    case "==":
      return equal;
    case "!=":
      return !equal;
    case "<":
      return a < b && !equal;
    case "<=":
      return a < b || equal;
    case ">":
      return a > b && !equal;
    default:
      return a > b || equal;
  }
}

/** `integers`: both sides are constant whole numbers of a version before 6, whose quotient is cut. */
export function arithmetic(op: string, left: Value, right: Value, integers = false): Value {
  if (op === "+" && (typeof left === "string" || typeof right === "string")) {
    return toText(left) + toText(right);
  }
  const [a, b] = [toNumber(left), toNumber(right)];
  switch (op) {
    case "+":
      return finite(a + b);
    case "-":
      return finite(a - b);
    case "*":
      return finite(a * b);
    case "/":
      return integers ? Math.trunc(finite(a / b)) : finite(a / b);
    default:
      return finite(a % b);
  }
}
