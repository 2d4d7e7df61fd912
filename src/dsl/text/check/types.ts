import type { Span, TypeName } from "../ast.ts";
import {
  type CoreExpr,
  type CoreType,
  type Item,
  isReference,
  type Qualifier,
  type Scalar,
} from "../core.ts";

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

export const isArray = (type: ValueType): type is `array<${Item}>` => type.startsWith("array<");
export const isMatrix = (type: ValueType): type is `matrix<${Item}>` => type.startsWith("matrix<");
export const isMap = (type: ValueType): type is `map<${Scalar},${Item}>` => type.startsWith("map<");
export const isObject = (type: ValueType): type is `object<${string}>` =>
  type.startsWith("object<");
export const isNumber = (type: ValueType): type is "int" | "float" =>
  type === "int" || type === "float";
export const isCoreType = (type: ValueType): type is CoreType =>
  type !== "na" && type !== "unknown" && type !== "void" && type !== "drawing" && type !== "tuple";

export const isCollection = (type: ValueType): type is Collection =>
  isArray(type) || isMatrix(type) || isMap(type);
type Collection = `array<${Item}>` | `matrix<${Item}>` | `map<${Scalar},${Item}>`;

/** What an array, a matrix or a map holds. */
export function itemType(type: Collection): Item {
  return type.slice(type.indexOf(isMap(type) ? "," : "<") + 1, -1) as Item;
}

export function keyType(type: `map<${Scalar},${Item}>`): Scalar {
  return type.slice("map<".length, type.indexOf(",")) as Scalar;
}

/** The user's name of the type of an object. */
export const objectName = (type: `object<${string}>`): string => type.slice("object<".length, -1);

export const isItem = (type: ValueType): type is Item =>
  isCoreType(type) && (isObject(type) || !isReference(type));
export const isScalar = (type: ValueType): type is Scalar => isCoreType(type) && !isReference(type);

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

/** Names that the script gives to types. */
export interface UserNames {
  readonly types: { has(name: string): boolean };
  readonly enums: { has(name: string): boolean };
  readonly foreign: { has(name: string): boolean };
}

/** What a declared type is; null where there is no such type. A member of an enum is a text. */
export function namedType(name: TypeName, user: UserNames): ValueType | null {
  if (user.types.has(name.name)) return `object<${name.name}>`;
  if (user.enums.has(name.name)) return "text";
  if (Object.hasOwn(SCALARS, name.name)) return SCALARS[name.name];
  if (DRAWINGS.has(name.name)) return "drawing";
  if (name.name === "array" || name.name === "matrix") {
    const item = name.args[0] === undefined ? null : namedType(name.args[0], user);
    if (item === null || item === "drawing" || item === "unknown") return item;
    return isItem(item) ? `${name.name}<${item}>` : null;
  }
  if (name.name === "map") {
    const [key, item] = name.args.map((arg) => namedType(arg, user));
    if (item === "drawing" || item === "unknown") return item;
    if (key == null || item == null || !isScalar(key) || !isItem(item)) return null;
    return `map<${key},${item}>`;
  }
  if (user.foreign.has(name.name.split(".")[0])) return "unknown";
  return null;
}

/** A type for people. */
export function shown(type: ValueType): string {
  if (type === "void") return "no value";
  if (type === "drawing") return "a drawing";
  return type.replaceAll(/object<([\w.]+)>/g, "$1");
}
