import type { Span, TypeName } from "../ast.ts";
import type { CoreExpr, CoreType, Qualifier, Scalar } from "../core.ts";

/**
 * The type of a value while checking. `na` adapts to what is needed; `unknown` is a value that is broken or unsupported and
 * silences what follows; `drawing` are lines, labels, plots and arrays of them.
 */
export type ValueType = CoreType | "na" | "unknown" | "void" | "drawing" | "tuple";

export interface Value {
  readonly type: ValueType;
  /** Of a tuple: nothing that means something. */
  readonly expr: CoreExpr;
  readonly items?: readonly Value[];
}

export const QUALIFIERS: readonly Qualifier[] = ["const", "input", "simple", "series"];

export function latest(parts: readonly { readonly qualifier: Qualifier }[]): Qualifier {
  let most = 0;
  for (const part of parts) most = Math.max(most, QUALIFIERS.indexOf(part.qualifier));
  return QUALIFIERS[most];
}

export const isArray = (type: ValueType): type is `array<${Scalar}>` => type.startsWith("array<");
export const isNumber = (type: ValueType): type is "int" | "float" =>
  type === "int" || type === "float";
export const isCoreType = (type: ValueType): type is CoreType =>
  type !== "na" && type !== "unknown" && type !== "void" && type !== "drawing" && type !== "tuple";

export function itemType(type: `array<${Scalar}>`): Scalar {
  return type.slice(6, -1) as Scalar;
}

/** One type for two branches, or null where there is none. */
export function joined(a: ValueType, b: ValueType): ValueType | null {
  if (a === b) return a;
  if (a === "unknown" || b === "unknown") return "unknown";
  if (a === "void" || b === "void" || a === "tuple" || b === "tuple") return null;
  if (a === "na") return b;
  if (b === "na") return a;
  return isNumber(a) && isNumber(b) ? "float" : null;
}

export function constant(value: number | boolean | string, type: CoreType, span: Span): CoreExpr {
  return { kind: "const", value, type, qualifier: "const", span };
}

export function naOf(type: CoreType, span: Span): CoreExpr {
  return constant(type === "bool" ? false : type === "text" ? "" : Number.NaN, type, span);
}

export const typed = (expr: CoreExpr): Value => ({ type: expr.type, expr });

/** Types as users write them. */
export const SCALARS: Readonly<Record<string, Scalar>> = {
  int: "int",
  float: "float",
  bool: "bool",
  string: "text",
  color: "color",
};
export const DRAWINGS = new Set([
  "line",
  "label",
  "box",
  "table",
  "linefill",
  "polyline",
  "plot",
  "hline",
  "chart.point",
]);

/** What a declared type is; null where there is no such type. */
export function namedType(name: TypeName, isUserType: (name: string) => boolean): ValueType | null {
  if (Object.hasOwn(SCALARS, name.name)) return SCALARS[name.name];
  if (DRAWINGS.has(name.name)) return "drawing";
  if (name.name === "array") {
    const item = name.args[0] === undefined ? null : namedType(name.args[0], isUserType);
    if (item === null || item === "drawing" || item === "unknown") return item;
    return isCoreType(item) && !isArray(item) ? `array<${item}>` : null;
  }
  if (name.name === "matrix" || name.name === "map" || isUserType(name.name)) return "unknown";
  return null;
}

/** A type for people. */
export function shown(type: ValueType): string {
  return type === "void" ? "no value" : type === "drawing" ? "a drawing" : type;
}
