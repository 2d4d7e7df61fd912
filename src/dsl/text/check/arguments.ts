import { suggest } from "../../../diagnostics/index.ts";
import type { Argument, Span } from "../ast.ts";
import type { SignatureParam, SignatureType } from "../builtins/signature.ts";
import { type CoreExpr, type CoreType, isReference, type Qualifier } from "../core.ts";
import type { Context } from "./context.ts";
import { converted } from "./convert.ts";
import { foldMath } from "./fold.ts";
import {
  constant,
  isArray,
  isCollection,
  isCoreType,
  isMap,
  isMatrix,
  isNumber,
  itemType,
  keyType,
  naOf,
  QUALIFIERS,
  shown,
  type Value,
  type ValueType,
} from "./types.ts";

/** What a parameter takes a name and arguments by. */
interface Named {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly required: boolean;
  readonly rest?: true;
}

export interface Given<A> {
  readonly argument: Argument;
  readonly value: A;
}

/** Why arguments do not fit; `fit` counts those that did, so that the nearest overload can speak. */
export interface Misfit {
  readonly fit: number;
  readonly report: (ctx: Context) => void;
}

/**
 * Which argument goes to which parameter; several to the last one where it repeats. With `again` a name may stand for what
 * has its place already, and is dropped.
 */
export function placed<A>(
  fn: string,
  params: readonly Named[],
  given: readonly Given<A>[],
  call: Span,
  again = false,
): readonly (readonly Given<A>[])[] | Misfit {
  const places: Given<A>[][] = params.map(() => []);
  const repeats = params.at(-1)?.rest === true;
  let at = 0;
  let named = false;
  for (const one of given) {
    const { name } = one.argument;
    if (name === null) {
      if (named) return misfit(0, "script_argument_order", { function: fn }, one.argument);
      if (at >= params.length) {
        if (!repeats)
          return misfit(
            0,
            "script_arguments_many",
            { function: fn, limit: params.length },
            one.argument,
          );
        at = params.length - 1;
      }
      places[at++].push(one);
      continue;
    }
    named = true;
    const { text } = name;
    const index = params.findIndex((param) => param.name === text || param.aliases?.includes(text));
    if (index < 0) {
      const meant = suggest(
        text,
        params.map((param) => param.name),
      );
      return misfit(0, "script_argument_unknown", { function: fn, name: text, meant }, name);
    }
    if (places[index].length === 0) places[index].push(one);
    else if (!again) return misfit(0, "script_argument_twice", { function: fn, name: text }, name);
  }
  const missing = params.findIndex((param, i) => param.required && places[i].length === 0);
  if (missing >= 0) {
    return misfit(
      given.length,
      "script_argument_missing",
      { function: fn, name: params[missing].name },
      call,
    );
  }
  return places;
}

function misfit(
  fit: number,
  code: Parameters<Context["report"]>[0],
  params: object,
  span: Span,
): Misfit {
  return { fit, report: (ctx) => ctx.report(code, params as never, span) };
}

export const isMisfit = (result: object): result is Misfit => "report" in result;

/** Values as the parameters of one signature want them, or why not; `strict` is without conversions that lose something. */
export function fitted(
  ctx: Context,
  strict: boolean,
  fn: string,
  params: readonly SignatureParam[],
  places: readonly (readonly Given<Value>[])[],
): readonly (readonly Value[])[] | Misfit {
  let fit = 0;
  let first: Value | undefined;
  const out: (readonly Value[])[] = [];
  for (const [i, given] of places.entries()) {
    const param = params[i];
    const values: Value[] = [];
    for (const { argument, value } of given) {
      const expr = fitting(ctx, strict, param.type, value, first);
      const { span } = argument.value;
      if (expr === null) {
        if (value.type === "void")
          return misfit(fit, "script_no_value", { what: `${param.name} of ${fn}` }, span);
        const expected = wanted(param.type, first);
        const found = value.type === "tuple" ? "a tuple" : shown(value.type);
        return misfit(
          fit,
          "script_type",
          { what: `${param.name} of ${fn}`, expected, found },
          span,
        );
      }
      if (value.type !== "unknown" && later(expr.expr.qualifier, param.qualifier)) {
        return misfit(
          fit + 1,
          "script_qualifier",
          {
            function: fn,
            argument: param.name,
            wanted: param.qualifier,
            found: expr.expr.qualifier,
            why: reason(ctx, expr.expr, param.qualifier),
          },
          span,
        );
      }
      fit += 2;
      values.push(expr);
      first ??= expr;
    }
    out.push(values);
  }
  return out;
}

const later = (found: Qualifier, limit: Qualifier) =>
  QUALIFIERS.indexOf(found) > QUALIFIERS.indexOf(limit);

/** What makes the value known so late. */
export function reason(ctx: Context, expr: CoreExpr, limit: Qualifier): string | undefined {
  switch (expr.kind) {
    case "field":
      return `${expr.field} changes from bar to bar`;
    case "local": {
      const { name } = ctx.slots[expr.slot];
      return `${name.slice(name.indexOf(".") + 1)} may change from bar to bar`;
    }
    case "indicator":
      return `${expr.name} is computed from bars`;
    case "ledger":
      return `strategy.${expr.field} changes with the fills`;
    case "input":
      return `${expr.name} is an input`;
    case "unary":
      return reason(ctx, expr.operand, limit);
    case "binary":
    case "select":
    case "math": {
      const inner =
        expr.kind === "binary"
          ? [expr.left, expr.right]
          : expr.kind === "select"
            ? [expr.test, expr.then, expr.otherwise]
            : expr.args;
      const late = inner.find((part) => later(part.qualifier, limit));
      return late === undefined ? undefined : reason(ctx, late, limit);
    }
    default:
      return undefined;
  }
}

function wanted(type: SignatureType, first: Value | undefined): string {
  const held = first === undefined ? null : heldBy(type, first.type);
  if (held !== null) return shown(held);
  if (type === "array<any>") return "an array";
  if (type === "map<any>") return "a map";
  if (type === "matrix<any>") return "a matrix";
  return type === "drawing" ? "a drawing" : type;
}

/**
 * A value as the type of a parameter, or null. Numbers with a fraction are cut to int: all before version 6, later quotients of
 * ints alone, as in `ta.wma(close, length / 2)`.
 */
function fitting(
  ctx: Context,
  strict: boolean,
  type: SignatureType,
  value: Value,
  first: Value | undefined,
): Value | null {
  if (value.type === "unknown") return value;
  if (value.type === "void") return null;
  if (type === "any") return value.type === "na" ? { type: "float", expr: value.expr } : value;
  if (value.type === "tuple") return null;
  if (type === "same") return value.type === "na" ? { type: "float", expr: value.expr } : value;
  if (type === "drawing") return value.type === "drawing" || value.type === "na" ? value : null;
  if (value.type === "drawing")
    return ["array<any>", "map<any>", "matrix<any>", "element"].includes(type) ? value : null;
  if (type === "array<any>") {
    return isArray(value.type) ? value : null;
  }
  if (type === "map<any>") return isMap(value.type) ? value : null;
  if (type === "matrix<any>") return isMatrix(value.type) ? value : null;
  if (type === "element" || type === "key" || type === "array<element>") {
    if (first === undefined) return null;
    const held = heldBy(type, first.type);
    return held === null ? value : as(ctx, value, held, strict);
  }
  return type === "void" ? null : as(ctx, value, type as CoreType, strict);
}

/** The type of the elements or keys of what is written to. */
function heldBy(type: SignatureType, holder: ValueType): CoreType | null {
  if (type === "key") return isMap(holder) ? keyType(holder) : null;
  if (!isCollection(holder)) return null;
  if (type === "array<element>") return `array<${itemType(holder)}>`;
  return type === "element" ? itemType(holder) : null;
}

export function as(ctx: Context, value: Value, type: CoreType, strict = false): Value | null {
  if (isReference(type)) {
    if (value.type === type) return value;
    return value.type === "na" ? { type, expr: naOf(type, value.expr.span) } : null;
  }
  if (strict && (value.type === "bool") !== (type === "bool") && value.type !== "na") return null;
  const expr = converted(ctx, value, type);
  if (expr !== null)
    return { type: isCoreType(value.type) && isNumber(value.type) ? value.type : type, expr };
  if (type === "int" && value.type === "float" && !strict) {
    if (ctx.version < 6 || isQuotient(value.expr)) return cut(ctx, value.expr);
  }
  return null;
}

const isQuotient = (expr: CoreExpr): boolean =>
  expr.kind === "binary" &&
  expr.op === "div" &&
  expr.left.type === "int" &&
  expr.right.type === "int";

function cut(ctx: Context, expr: CoreExpr): Value {
  const { span } = expr;
  if (expr.kind === "const") {
    const whole = foldMath("int", [expr.value]) ?? Number.NaN;
    return { type: "int", expr: constant(whole, "int", span) };
  }
  ctx.count(span);
  const { qualifier } = expr;
  return {
    type: "int",
    expr: { kind: "math", fn: "int", args: [expr], type: "int", qualifier, span },
  };
}

/** What a parameter left out stands for. */
export function standardOf(param: SignatureParam, span: Span): Value | undefined {
  const { standard } = param;
  if (standard === undefined) return undefined;
  const type: CoreType =
    typeof standard === "boolean"
      ? "bool"
      : typeof standard === "string"
        ? "text"
        : param.type === "int"
          ? "int"
          : "float";
  return { type, expr: constant(standard, type, span) };
}
