import { suggest } from "../../../diagnostics/index.ts";
import type { Assignment, Call, Name, Span } from "../ast.ts";
import type { ArrayExpr, CoreExpr, CoreType } from "../core.ts";
import { type Given, isMisfit, placed } from "./arguments.ts";
import type { Context } from "./context.ts";
import { converted } from "./convert.ts";
import { checkExpression, readVariable } from "./expressions.ts";
import { applied } from "./operators.ts";
import { Scope, type UserField, type UserType } from "./scope.ts";
import {
  constant,
  isCoreType,
  isObject,
  naOf,
  objectName,
  shown,
  typed,
  type Value,
} from "./types.ts";

/** `p.x.y`: a variable and fields of it, or a member of an enum; undefined where the first name is neither. */
export function ownPath(ctx: Context, scope: Scope, path: string, span: Span): Value | undefined {
  const [first, ...names] = path.split(".");
  const variable = scope.variable(first);
  if (variable !== undefined) {
    if (names.length > 0 && !isObject(variable.type)) return undefined;
    const fields = namesAt(names, span.start + first.length + 1);
    return fields.reduce(
      (value, name) => field(ctx, value, name),
      readVariable(ctx, variable, span),
    );
  }
  const owner = ctx.enums.get(first);
  if (owner === undefined || names.length !== 1) return undefined;
  const text = owner.members.get(names[0]);
  if (text !== undefined) return typed(constant(text, "text", span));
  unknownField(ctx, first, names[0], [...owner.members.keys()], span);
  return ctx.broken(span);
}

function namesAt(names: readonly string[], start: number): Name[] {
  let at = start;
  return names.map((text) => {
    const name = { text, start: at, end: at + text.length };
    at = name.end + 1;
    return name;
  });
}

/** Fields one behind another: `(…).x.y`. */
export function fieldsOf(ctx: Context, value: Value, { text, start }: Name): Value {
  return namesAt(text.split("."), start).reduce((one, name) => field(ctx, one, name), value);
}

/** A field as it is now: what stands behind may change it, so that it is read at once. */
function field(ctx: Context, object: Value, name: Name): Value {
  const { start, end } = name;
  if (object.type === "drawing") {
    const params = { name: `the field ${name.text}` };
    return ctx.placeholder("unknown", ctx.diagnose("script_drawing_needed", params, name), name);
  }
  const found = placeOf(ctx, object, name);
  if (found === null) return object.type === "unknown" ? object : ctx.broken({ start, end });
  const { field, index } = found;
  if (field.type === "unknown") return ctx.unsupported(`the field ${field.name}`, "", name);
  if (!isCoreType(field.type)) {
    const params = { name: `the field ${field.name}` };
    const diagnostic = ctx.diagnose("script_drawing_needed", params, { start, end });
    return ctx.placeholder("drawing", diagnostic, { start, end });
  }
  const read = access("object.get", [object.expr, at(index, name)], field.type, { start, end });
  return typed(ctx.bind(read, field.name));
}

function placeOf(
  ctx: Context,
  object: Value,
  { text, start, end }: Name,
): { readonly field: UserField; readonly index: number } | null {
  if (object.type === "unknown") return null;
  const { fields = [] } = isObject(object.type)
    ? (ctx.types.get(objectName(object.type)) ?? {})
    : {};
  const index = fields.findIndex(({ name }) => name === text);
  if (index >= 0) return { field: fields[index], index };
  const names = fields.map(({ name }) => name);
  unknownField(ctx, shown(object.type), text, names, { start, end });
  return null;
}

function unknownField(
  ctx: Context,
  type: string,
  name: string,
  known: readonly string[],
  span: Span,
): void {
  ctx.report("script_unknown_field", { type, name, meant: suggest(name, known) }, span);
}

/** `p.x := e`, `p.x += e`. The object stands in a slot. */
export function setField(
  ctx: Context,
  object: Value,
  name: Name,
  op: Assignment["op"],
  right: Value,
  span: Span,
): Value {
  const found = placeOf(ctx, object, name);
  if (found === null) return ctx.broken(span);
  const { field: known, index } = found;
  if (!isCoreType(known.type)) return right;
  const value =
    op === ":=" ? right : applied(ctx, op[0] as "+", field(ctx, object, name), right, span);
  const kept = ctx.bind(fieldValue(ctx, known, value, span), known.name);
  ctx.emit({
    kind: "effect",
    value: access("object.set", [object.expr, at(index, span), kept], known.type, span),
    span,
  });
  return typed(kept);
}

/** A value as a field takes it. */
function fieldValue(ctx: Context, { name, type }: UserField, value: Value, span: Span): CoreExpr {
  if (value.type === "void") {
    ctx.report("script_no_value", { what: name }, span);
    return ctx.broken(span).expr;
  }
  const expr =
    value.type === "drawing" || value.type === "tuple"
      ? null
      : converted(ctx, value, type as CoreType);
  if (expr !== null) return value.type === "unknown" ? ctx.retyped(expr, type as CoreType) : expr;
  ctx.report("script_type", { what: name, expected: shown(type), found: shown(value.type) }, span);
  return ctx.broken(span).expr;
}

/** `Pivot.new(…)` and `Pivot.copy(p)`. */
export function checkMaker(
  ctx: Context,
  scope: Scope,
  node: Call,
  type: UserType,
  args: readonly Given<Value>[],
): Value | undefined {
  const { callee, span } = node;
  const maker = callee.text.slice(type.name.length + 1);
  if (maker === "copy") return checkCopy(ctx, node, type, args);
  if (maker !== "new") return undefined;
  const params = type.fields.map(({ name }) => ({ name, required: false }));
  const places = placed(callee.text, params, args, callee);
  if (isMisfit(places)) {
    places.report(ctx);
    return ctx.broken(span);
  }
  const values = type.fields.map((field, i): CoreExpr => {
    const [given] = places[i];
    if (!isCoreType(field.type)) return naOf("float", span);
    if (given !== undefined) return fieldValue(ctx, field, given.value, given.argument.value.span);
    if (field.standard === null) return naOf(field.type, span);
    const standard = checkExpression(ctx, outermost(scope), field.standard);
    return fieldValue(ctx, field, standard, field.standard.span);
  });
  ctx.count(span, values.length + 1);
  return typed(access("object.new", values, `object<${type.name}>`, span));
}

function outermost(scope: Scope): Scope {
  let at = scope;
  while (at.parent !== null) at = at.parent;
  return new Scope(at);
}

function checkCopy(ctx: Context, node: Call, type: UserType, args: readonly Given<Value>[]): Value {
  const { callee, span } = node;
  const places = placed(callee.text, [{ name: "object", required: true }], args, callee);
  if (isMisfit(places)) {
    places.report(ctx);
    return ctx.broken(span);
  }
  return copied(ctx, places[0][0].value, type, span);
}

/** `p.copy()`: another object, with the same values in its fields. */
export function copied(ctx: Context, value: Value, type: UserType, span: Span): Value {
  if (value.type === "unknown") return value;
  const wanted: CoreType = `object<${type.name}>`;
  if (value.type !== wanted) {
    const found = shown(value.type);
    ctx.report("script_type", { what: "what is copied", expected: type.name, found }, span);
    return ctx.broken(span);
  }
  ctx.count(span);
  return typed(access("object.copy", [value.expr], wanted, span));
}

function access(fn: string, args: readonly CoreExpr[], type: CoreType, span: Span): ArrayExpr {
  return { kind: "array", fn, args, type, qualifier: "series", span };
}

const at = (index: number, { start, end }: Span) => constant(index, "int", { start, end });
