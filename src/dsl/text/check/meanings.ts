import type { Call, Span } from "../ast.ts";
import type { Signature, SignatureType } from "../builtins/signature.ts";
import type { CalendarExpr, CoreExpr, CoreType, MathFn, TradeField } from "../core.ts";
import { dateOf } from "../date-text.ts";
import { standardOf } from "./arguments.ts";
import { dead } from "./calls.ts";
import type { Context } from "./context.ts";
import { sizeOf, stateful } from "./core-walk.ts";
import { misplaced } from "./expressions.ts";
import { foldMath } from "./fold.ts";
import { indicatorCall } from "./indicator-calls.ts";
import type { Scope } from "./scope.ts";
import {
  constant,
  isCollection,
  isCoreType,
  isItem,
  isMap,
  isObject,
  itemType,
  joined,
  keyType,
  latest,
  namedType,
  shown,
  typed,
  type Value,
  type ValueType,
} from "./types.ts";

/** What the call becomes. */
export function meant(
  ctx: Context,
  scope: Scope,
  node: Call,
  signature: Signature,
  values: readonly (readonly Value[])[],
): Value {
  const { means, params } = signature;
  const { span } = node;
  ctx.count(span);
  const filled = params.map((param, i) => values[i][0] ?? standardOf(param, span));
  const args = filled.map((value) => value?.expr);
  const all = values.flatMap((list, i) =>
    list.length > 0 ? list : filled[i] === undefined ? [] : [filled[i]],
  );
  const exprs = trimmed(args, all);
  const type = returned(ctx, node, signature.returns as SignatureType, all);
  const of = { type, qualifier: latest(exprs), span };
  switch (means.to) {
    case "indicator":
      return indicatorCall(ctx, node, signature, args);
    case "expression":
    case "expressions":
      return madeOf(ctx, node, signature, args, all);
    case "math": {
      const constants = exprs.every((arg) => arg.kind === "const")
        ? foldMath(
            means.fn,
            exprs.map((arg) => (arg as { value: number }).value),
          )
        : null;
      if (constants !== null) return typed(constant(constants, type, span));
      return typed({ kind: "math", fn: means.fn as MathFn, args: exprs, ...of });
    }
    case "calendar":
      if (means.fn === "timestamp" && exprs.length === 1) return dated(ctx, exprs[0], span);
      return typed({ kind: "calendar", fn: means.fn as CalendarExpr["fn"], args: exprs, ...of });
    case "string": {
      const object = all.find((one) => isMap(one.type) || isObject(one.type));
      if (object !== undefined) {
        const params = {
          what: `value of ${node.callee.text}`,
          expected: "a value that has a text",
        };
        ctx.report("script_type", { ...params, found: shown(object.type) }, object.expr.span);
        return ctx.broken(span);
      }
      return typed({ kind: "string", fn: means.fn, args: exprs, ...of });
    }
    case "array": {
      const made: CoreExpr = {
        kind: "array",
        fn: means.fn,
        args: exprs,
        ...of,
        qualifier: "series",
      };
      return signature.returns === "void" ? { type: "void", expr: made } : typed(made);
    }
    case "trade": {
      if (!ctx.frame.chart) return misplaced(ctx, node.callee.text, span);
      const index = args[0] ?? constant(0, "int", span);
      const field = means.field as TradeField;
      return typed({ kind: "trade", list: means.list, field, index, ...of, qualifier: "series" });
    }
    default:
      return dead(ctx, scope, node, signature);
  }
}

/** `timestamp("20 Jan 2020")` is known from the text; a series of texts is not. */
function dated(ctx: Context, text: CoreExpr, span: Span): Value {
  if (text.kind === "const" && typeof text.value === "string") {
    const time = dateOf(text.value);
    if (time !== null) return typed(constant(time, "int", span));
    ctx.report("script_date", { text: text.value }, text.span);
  }
  return ctx.broken(span);
}

/** Arguments by place. What is left out in the middle is na, what is left out at the end is not there. */
function trimmed(
  args: readonly (CoreExpr | undefined)[],
  all: readonly Value[],
): readonly CoreExpr[] {
  if (all.length > args.length) return all.map(({ expr }) => expr);
  const last = args.findLastIndex((arg) => arg !== undefined);
  const span = all[0]?.expr.span ?? { start: 0, end: 0 };
  return args.slice(0, last + 1).map((arg) => arg ?? constant(Number.NaN, "float", span));
}

function returned(
  ctx: Context,
  node: Call,
  returns: SignatureType,
  args: readonly Value[],
): CoreType {
  const first = args[0]?.type;
  if (returns === "same") return first !== undefined && isCoreType(first) ? first : "float";
  const item = first !== undefined && isCollection(first) ? itemType(first) : "float";
  if (returns === "element") return item;
  if (returns === "array<element>") return `array<${item}>`;
  if (returns === "array<key>")
    return `array<${first !== undefined && isMap(first) ? keyType(first) : "float"}>`;
  if (returns === "map<any>" || returns === "matrix<any>") return namedByArguments(ctx, node);
  if (returns === "array<any>") {
    const [typed] = node.typeArgs;
    const asked = typed === undefined ? null : namedType(typed, ctx);
    if (asked !== null && isItem(asked)) return `array<${asked}>`;
    const common = args.reduce<ValueType | null>(
      (type, arg) => (type === null ? null : joined(type, arg.type)),
      "na",
    );
    return `array<${common !== null && isItem(common) ? common : "float"}>`;
  }
  return isCoreType(returns as ValueType) ? (returns as CoreType) : "float";
}

/** `map.new<string, float>()`, `matrix.new<float>(2, 2)`. */
function namedByArguments(ctx: Context, { typeArgs, callee, span }: Call): CoreType {
  const { start, end } = span;
  const name = callee.text.slice(0, callee.text.indexOf("."));
  const type = namedType({ qualifier: null, name, args: typeArgs, start, end }, ctx);
  if (type !== null && isCollection(type)) return type;
  ctx.report("script_type_unknown", { name: callee.text, meant: undefined }, callee);
  return name === "map" ? "map<text,float>" : "matrix<float>";
}

/** Arguments with state are computed before, wherever the expression puts them. */
function madeOf(
  ctx: Context,
  node: Call,
  signature: Signature,
  args: readonly (CoreExpr | undefined)[],
  all: readonly Value[],
): Value {
  const { means, returns, params } = signature;
  const { span } = node;
  if (means.to !== "expression" && means.to !== "expressions") throw new Error("not an expression");
  const rest = params.at(-1)?.rest === true ? all.map(({ expr }) => expr) : args;
  const ready = rest.map((arg, i) =>
    arg !== undefined && arg.kind !== "array" && stateful(arg)
      ? ctx.bind(arg, params[i]?.name ?? "x")
      : arg,
  );
  const scope = ctx.makeScope(span, node.callee.text);
  if (means.to === "expressions") {
    const items = means.make(ready, scope).map(typed);
    for (const { expr } of items) ctx.count(span, sizeOf(expr));
    return { ...ctx.broken(span), type: "tuple", items };
  }
  const made = means.make(ready, scope);
  ctx.count(span, sizeOf(made));
  return returns === "drawing" ? { type: "drawing", expr: made } : typed(made);
}
