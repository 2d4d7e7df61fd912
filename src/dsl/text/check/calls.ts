import type { Call, Span } from "../ast.ts";
import { languageRules } from "../builtins/index.ts";
import type { Signature, SignatureType } from "../builtins/signature.ts";
import type { CalendarExpr, CoreExpr, CoreType, MathFn, TradeField } from "../core.ts";
import { dateOf } from "../date-text.ts";
import { as, fitted, type Given, isMisfit, type Misfit, placed, standardOf } from "./arguments.ts";
import type { Context } from "./context.ts";
import { sizeOf, stateful } from "./core-walk.ts";
import { checkExpression, foreignBase, misplaced, readVariable } from "./expressions.ts";
import { foldMath } from "./fold.ts";
import { inlined } from "./inline.ts";
import { checkInput } from "./inputs.ts";
import { checkMaker, copied, ownPath } from "./objects.ts";
import { checkOrder } from "./orders.ts";
import type { Scope } from "./scope.ts";
import { checkSecurity } from "./security.ts";
import { checkSettings, declareScript } from "./settings.ts";
import { suggestFunction } from "./suggestions.ts";
import {
  constant,
  isArray,
  isCollection,
  isCoreType,
  isItem,
  isMap,
  isMatrix,
  isObject,
  itemType,
  joined,
  keyType,
  latest,
  namedType,
  objectName,
  SCALARS,
  shown,
  typed,
  type Value,
  type ValueType,
} from "./types.ts";

export function checkCall(ctx: Context, scope: Scope, node: Call, wanted: boolean): Value {
  const { text: name } = node.callee;
  if (node.receiver !== null) {
    const receiver = checkExpression(ctx, scope, node.receiver);
    return checkMethod(ctx, scope, node, receiver, node.receiver.span, name, wanted);
  }
  const own = scope.functionsOf(name);
  if (own.length > 0) return inlined(ctx, scope, own, node, given(ctx, scope, node), wanted);
  const signatures = signaturesOf(ctx, node);
  if (signatures.length > 0) return checkBuiltIn(ctx, scope, node, signatures);
  const dot = name.lastIndexOf(".");
  if (dot > 0) {
    const before = name.slice(0, dot);
    const type = ctx.types.get(before);
    const made = type && checkMaker(ctx, scope, node, type, given(ctx, scope, node));
    if (made !== undefined) return made;
    const span = { start: node.callee.start, end: node.callee.start + dot };
    const receiver = receiverOf(ctx, scope, before, span);
    if (receiver !== undefined) {
      return checkMethod(ctx, scope, node, receiver, span, name.slice(dot + 1), wanted);
    }
    const foreign = foreignBase(ctx, scope, name, node.span);
    if (foreign !== undefined) {
      given(ctx, scope, node);
      return foreign;
    }
  }
  given(ctx, scope, node);
  suggestFunction(ctx, scope, name, node.callee);
  return ctx.broken(node.span);
}

/** What stands before the dot of a method: a variable, a path to a field, a built-in series. */
function receiverOf(ctx: Context, scope: Scope, name: string, span: Span): Value | undefined {
  const variable = scope.variable(name);
  if (variable !== undefined) return readVariable(ctx, variable, span);
  const path = ownPath(ctx, scope, name, span);
  if (path !== undefined || ctx.builtins.variable(name) === undefined) return path;
  return checkExpression(ctx, scope, { kind: "identifier", name, span });
}

/** `array.new<float>` is `array.new_float`. */
function signaturesOf(ctx: Context, node: Call): readonly Signature[] {
  const { text: name } = node.callee;
  const [type] = node.typeArgs;
  if (type !== undefined && name === "array.new" && Object.hasOwn(SCALARS, type.name)) {
    const typed = ctx.builtins.functions(`array.new_${type.name}`);
    if (typed.length > 0) return typed;
  }
  return ctx.builtins.functions(name);
}

export function given(ctx: Context, scope: Scope, node: Call): readonly Given<Value>[] {
  ctx.nested++;
  const values = node.args.map((argument) => ({
    argument,
    value: checkExpression(ctx, scope, argument.value),
  }));
  ctx.nested--;
  return values;
}

/** `a.push(x)`: a method of arrays, or a function of the user with `a` as its first argument. */
function checkMethod(
  ctx: Context,
  scope: Scope,
  node: Call,
  receiver: Value,
  at: Span,
  name: string,
  wanted: boolean,
): Value {
  const argument = {
    name: null,
    value: { kind: "identifier" as const, name, span: at },
    start: at.start,
    end: at.end,
  };
  const first = { argument, value: receiver };
  const own = receiver.type === "unknown" ? [] : methodsOf(ctx, scope, name, receiver);
  if (own.length > 0) {
    return inlined(ctx, scope, own, node, [first, ...given(ctx, scope, node)], wanted, at);
  }
  const args = given(ctx, scope, node);
  if (receiver.type === "unknown" || receiver.type === "drawing") return receiver;
  if (isObject(receiver.type) && name === "copy" && args.length === 0)
    return copied(ctx, receiver, ctx.types.get(objectName(receiver.type))!, node.span);
  const space = isArray(receiver.type)
    ? "array"
    : isMap(receiver.type)
      ? "map"
      : isMatrix(receiver.type)
        ? "matrix"
        : shown(receiver.type);
  const signatures = isCoreType(receiver.type) ? ctx.builtins.functions(`${space}.${name}`) : [];
  if (signatures.length === 0) {
    suggestFunction(ctx, scope, `${space}.${name}`, node.callee);
    return ctx.broken(node.span);
  }
  return applyBuiltIn(ctx, scope, node, signatures, [first, ...args]);
}

/** Methods of the user whose first parameter can be the receiver. */
function methodsOf(ctx: Context, scope: Scope, name: string, receiver: Value) {
  return scope.functionsOf(name).filter(({ declaration }) => {
    const [first] = declaration.params;
    if (!declaration.method || first === undefined) return false;
    const type = first.type === null ? null : namedType(first.type, ctx);
    if (type === null || receiver.type === "na") return true;
    return isCoreType(type) ? as(ctx, receiver, type) !== null : type === receiver.type;
  });
}

function checkBuiltIn(
  ctx: Context,
  scope: Scope,
  node: Call,
  signatures: readonly Signature[],
): Value {
  const { means } = signatures[0];
  if (means.to === "security") return checkSecurity(ctx, scope, node, signatures[0], means.form);
  if (means.to === "dead") return dead(ctx, scope, node, signatures[0]);
  if (means.to === "unsupported") {
    given(ctx, scope, node);
    return ctx.unsupported(node.callee.text, means.advice, node.span);
  }
  if (means.to === "input") return checkInput(ctx, scope, node, signatures);
  return applyBuiltIn(ctx, scope, node, signatures, given(ctx, scope, node));
}

/** Names are looked up in the arguments, and nothing else of them. */
function dead(ctx: Context, scope: Scope, node: Call, signature: Signature): Value {
  const { name, returns } = signature;
  const { span } = node;
  if (name === "indicator" || name === "library") declareScript(ctx, name, node);
  given(ctx, scope, node);
  if (returns === "void") return { ...ctx.broken(span), type: "void" };
  const type = typeof returns === "string" ? (returns as ValueType) : "drawing";
  const params = { name: node.callee.text };
  return ctx.placeholder(type, ctx.diagnose("script_drawing_needed", params, span), span);
}

function applyBuiltIn(
  ctx: Context,
  scope: Scope,
  node: Call,
  signatures: readonly Signature[],
  args: readonly Given<Value>[],
): Value {
  const chosen = overload(ctx, node, signatures, args);
  if (chosen === null) return ctx.broken(node.span);
  const { signature, values } = chosen;
  const { means } = signature;
  if (means.to === "strategy") return checkSettings(ctx, node, signature, values);
  if (means.to === "order") return checkOrder(ctx, node, signature, means.call, values);
  if (means.to === "unsupported") return ctx.unsupported(node.callee.text, means.advice, node.span);
  const blocked = args.find(({ value }) => value.type === "unknown" || value.type === "drawing");
  if (blocked !== undefined && means.to !== "dead") {
    // Arrays of drawings and what is broken: nothing is computed, and what depends on it is as broken.
    const { returns } = signature;
    if (returns === "void") return { ...blocked.value, type: "void" };
    const draws = returns === "same" || returns === "element" || returns === "array<any>";
    return draws ? blocked.value : { ...blocked.value, type: "unknown" };
  }
  return meant(ctx, scope, node, signature, values);
}

export interface Chosen {
  readonly signature: Signature;
  readonly values: readonly (readonly Value[])[];
}

/** The first signature that the arguments fit; otherwise the one that they fit best tells why not. */
export function overload(
  ctx: Context,
  node: Call,
  signatures: readonly Signature[],
  args: readonly Given<Value>[],
): Chosen | null {
  const name = node.callee.text;
  const { namedAgain } = languageRules(ctx.version);
  let nearest: Misfit | null = null;
  for (const strict of [true, false]) {
    nearest = null;
    for (const signature of signatures) {
      const places = placed(name, signature.params, args, node.callee, namedAgain);
      const values = isMisfit(places)
        ? places
        : fitted(ctx, strict, name, signature.params, places);
      if (!isMisfit(values)) return { signature, values };
      if (nearest === null || values.fit > nearest.fit) nearest = values;
    }
  }
  nearest?.report(ctx);
  return null;
}

/** What the call becomes. */
function meant(
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

/** One expression per output. Several share the state, so what they read is computed once, before. */
function indicatorCall(
  ctx: Context,
  node: Call,
  signature: Signature,
  args: readonly (CoreExpr | undefined)[],
): Value {
  const { means, params, returns } = signature;
  const { span } = node;
  if (means.to !== "indicator") throw new Error("not an indicator");
  const several = Array.isArray(returns);
  const byName = (name: string) =>
    args[params.findIndex((param) => param.name === name)] ?? constant(Number.NaN, "float", span);
  const sources = means.sources.map((source): CoreExpr => {
    if ("param" in source) {
      const expr = byName(source.param);
      return several && LEAVES.has(expr.kind) === false ? ctx.bind(expr, source.param) : expr;
    }
    if (source.field === "hlc3") return hlc3(ctx, span);
    const type = source.field === "time" ? "int" : "float";
    return { kind: "field", field: source.field, type, qualifier: "series", span };
  });
  const numbers = means.params.map((param) =>
    typeof param === "number"
      ? constant(param, Number.isInteger(param) ? "int" : "float", span)
      : byName(param),
  );
  const site = ctx.nextSite();
  const types = (several ? returns : [returns]) as readonly SignatureType[];
  const outputs = types.map((type, i): Value => {
    const output: CoreType = type === "same" ? (args[0]?.type ?? "float") : (type as CoreType);
    return typed({
      kind: "indicator",
      name: means.name,
      output: means.outputs[i],
      sources,
      params: numbers,
      site,
      type: output,
      qualifier: "series",
      span,
    });
  });
  return several ? { ...ctx.broken(span), type: "tuple", items: outputs } : outputs[0];
}

const LEAVES = new Set<CoreExpr["kind"]>(["const", "input", "field", "local"]);

function hlc3(ctx: Context, span: Span): CoreExpr {
  const known = ctx.builtins.variable("hlc3");
  if (known?.value.to === "expression") return known.value.make(ctx.makeScope(span, "hlc3"));
  throw new Error("the table of built-ins has no hlc3");
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
