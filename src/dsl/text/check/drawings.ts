import type { Call, Span } from "../ast.ts";
import { DRAWN_TYPES, type DrawnType, POINT } from "../builtins/drawn-types.ts";
import type { CoreExpr, CoreType, LocalExpr } from "../core.ts";
import type { Given } from "./arguments.ts";
import { as } from "./arguments.ts";
import { checkCall, given } from "./calls.ts";
import type { Context } from "./context.ts";
import { not } from "./exact-not.ts";
import { copied } from "./objects.ts";
import { applied } from "./operators.ts";
import type { Scope } from "./scope.ts";
import { constant, isCoreType, isObject, naOf, objectName, typed, type Value } from "./types.ts";

/**
 * Lines, labels, boxes and points as objects: for scripts whose orders hang on where something was drawn, as in
 * `close > box.get_top(zone)`. What only the eye sees is left out. Unlike other objects, na can be read (na) and set (nothing
 * happens), as with TradingView; the oldest drawings never vanish.
 */
export function declareDrawings(ctx: Context): void {
  const span = { start: 0, end: 0 };
  for (const [name, { fields }] of Object.entries(DRAWN_TYPES)) {
    const read = Object.entries(fields).filter(
      ([field]) => field !== "text" || ctx.script.source.includes("get_text"),
    );
    ctx.types.set(name, {
      name,
      span,
      fields: read.map(([field, type]) => ({ name: field, type, standard: null })),
    });
  }
}

/** `line.new(…)`, `box.get_top(b)`, `label(na)`, `array.new_line(2)`; undefined for everything else. */
export function checkDrawn(ctx: Context, scope: Scope, node: Call): Value | undefined {
  if (!ctx.drawings) return undefined;
  const { callee, span } = node;
  const array = /^array\.new_(line|label|box)$/.exec(callee.text);
  if (array !== null) {
    const { start, end } = callee;
    const item = { qualifier: null, name: array[1], args: [], start, end };
    return checkCall(
      ctx,
      scope,
      { ...node, callee: { ...callee, text: "array.new" }, typeArgs: [item] },
      true,
    );
  }
  if (Object.hasOwn(DRAWN_TYPES, callee.text)) {
    const [cast] = given(ctx, scope, node);
    const type: CoreType = `object<${callee.text}>`;
    return cast === undefined || cast.value.type === "na" ? typed(naOf(type, span)) : cast.value;
  }
  const dot = callee.text.lastIndexOf(".");
  const name = callee.text.slice(0, dot);
  if (dot < 0 || !Object.hasOwn(DRAWN_TYPES, name)) return undefined;
  return checkMember(ctx, node, name, callee.text.slice(dot + 1), given(ctx, scope, node));
}

/** `zone.get_top()`: the receiver is the first argument; undefined where it is no drawing. */
export function drawnMethod(
  ctx: Context,
  node: Call,
  member: string,
  args: readonly Given<Value>[],
): Value | undefined {
  const type = args[0].value.type;
  if (!ctx.drawings || !isObject(type) || !Object.hasOwn(DRAWN_TYPES, objectName(type)))
    return undefined;
  return checkMember(ctx, node, objectName(type), member, args);
}

function checkMember(
  ctx: Context,
  node: Call,
  name: string,
  member: string,
  args: readonly Given<Value>[],
): Value {
  const { span } = node;
  const type = DRAWN_TYPES[name];
  const made = makers(ctx, node, name, member, args);
  if (made !== undefined) return made;
  const [first, ...rest] = args;
  const nothing: Value = { ...ctx.broken(span), type: "void" };
  const gives = member.startsWith("get_");
  if (first === undefined || !isCoreType(first.value.type)) {
    if (!gives && member !== "copy") return nothing;
    return first?.value.type === "na"
      ? typed(naOf("float", span))
      : (first?.value ?? ctx.broken(span));
  }
  if (first.value.type !== `object<${name}>`) return ctx.broken(span);
  if (member === "copy") return copied(ctx, first.value, ctx.types.get(name)!, span);
  const object = ctx.bind(first.value.expr, name);
  const values = rest.map(({ value }) => value);
  if (member === "get_price") return typed(priceAt(ctx, object, values[0], span));
  if (gives) {
    const field = member.slice("get_".length);
    return Object.hasOwn(type.fields, field)
      ? typed(read(ctx, name, object, field, span))
      : ctx.unsupported(node.callee.text, "", span);
  }
  if (member === "delete") {
    write(
      ctx,
      name,
      object,
      Object.fromEntries(Object.keys(type.fields).map((one) => [one, undefined])),
      span,
    );
  } else {
    write(ctx, name, object, setBy(ctx, node, type, member, values), span);
  }
  return nothing;
}

/** What makes an object: `new`, and the three ways to make a point. */
function makers(
  ctx: Context,
  node: Call,
  name: string,
  member: string,
  args: readonly Given<Value>[],
): Value | undefined {
  const { span } = node;
  const bar = typed({ kind: "field", field: "time", type: "int", qualifier: "series", span });
  const index = ctx.builtins.variable("bar_index")!.value;
  const places: Readonly<Record<string, readonly string[]>> = {
    now: ["price"],
    from_index: ["index", "price"],
    from_time: ["time", "price"],
  };
  const type = DRAWN_TYPES[name];
  if (name === POINT && Object.hasOwn(places, member)) {
    const found = byName(places[member], args);
    if (member === "now") {
      found.set("time", bar);
      if (index.to === "expression")
        found.set("index", typed(index.make(ctx.makeScope(span, "bar_index"))));
    }
    return object(ctx, name, found, span);
  }
  if (member !== "new") return undefined;
  const points = Object.keys(type.points);
  const pointed = args.some(
    ({ argument, value }, i) =>
      (i === 0 && value.type === `object<${POINT}>`) ||
      (argument.name !== null && points.includes(argument.name.text)),
  );
  if (!pointed) return object(ctx, name, byName(Object.keys(type.fields), args), span);
  const values = new Map<string, Value>();
  for (const [argument, value] of byName(points, args)) {
    for (const [field, one] of Object.entries(fromPoint(ctx, node, type.points[argument], value)))
      if (one !== undefined) values.set(field, one);
  }
  return object(ctx, name, values, span);
}

/** Arguments by the names of the first parameters; what stands behind them is only seen. */
function byName(names: readonly string[], args: readonly Given<Value>[]): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const [i, { argument, value }] of args.entries()) {
    const name = argument.name === null ? names[i] : argument.name.text;
    if (name !== undefined && names.includes(name)) found.set(name, value);
  }
  return found;
}

function object(ctx: Context, name: string, values: ReadonlyMap<string, Value>, span: Span): Value {
  const { fields } = ctx.types.get(name)!;
  ctx.count(span, fields.length + 1);
  const args = fields.map((field) =>
    fieldOf(ctx, values.get(field.name), field.type as CoreType, span),
  );
  return typed(access("object.new", args, `object<${name}>`, span));
}

/** A value as a field takes it; na where nothing fits, as for what is left out. */
function fieldOf(ctx: Context, value: Value | undefined, type: CoreType, span: Span): CoreExpr {
  if (value === undefined || value.type === "void" || value.type === "tuple")
    return naOf(type, span);
  if (value.type === "unknown" || value.type === "drawing") return ctx.retyped(value.expr, type);
  return as(ctx, value, type)?.expr ?? naOf(type, span);
}

/** The fields that a point stands for; its index, or its time where the drawing is placed by times. */
function fromPoint(
  ctx: Context,
  node: Call,
  [x, y]: readonly [string, string],
  point: Value | undefined,
): Readonly<Record<string, Value | undefined>> {
  if (point === undefined || point.type !== `object<${POINT}>`)
    return { [x]: undefined, [y]: undefined };
  const { span } = node;
  const timed = node.args.some(
    ({ value }) => value.kind === "identifier" && value.name === "xloc.bar_time",
  );
  const from = ctx.bind(point.expr, "point");
  return {
    [x]: typed(read(ctx, POINT, from, timed ? "time" : "index", span)),
    [y]: typed(read(ctx, POINT, from, "price", span)),
  };
}

function setBy(
  ctx: Context,
  node: Call,
  type: DrawnType,
  member: string,
  values: readonly Value[],
): Readonly<Record<string, Value | undefined>> {
  const field = member.slice("set_".length);
  const point = type.points[field] ?? type.points[field.replace(/_point$/, "")];
  if (point !== undefined) return fromPoint(ctx, node, point, values[0]);
  const fields = type.setters[member] ?? (Object.hasOwn(type.fields, field) ? [field] : []);
  return Object.fromEntries(fields.map((one, i) => [one, values[i]]));
}

/** A field, na of an object that is na. */
function read(ctx: Context, name: string, from: LocalExpr, field: string, span: Span): CoreExpr {
  const index = fieldIndex(ctx, name, field);
  const type = ctx.types.get(name)!.fields[index].type as CoreType;
  const slot = ctx.slot(field, type);
  ctx.set(slot, naOf(type, span), span);
  there(ctx, from, span, () => {
    ctx.set(slot, access("object.get", [from, constant(index, "int", span)], type, span), span);
  });
  return ctx.local(slot, span);
}

function write(
  ctx: Context,
  name: string,
  to: LocalExpr,
  values: Readonly<Record<string, Value | undefined>>,
  span: Span,
): void {
  const { fields } = ctx.types.get(name)!;
  const kept = Object.entries(values)
    .map(([field, value]) => ({ index: fieldIndex(ctx, name, field), value }))
    .filter(({ index }) => index >= 0)
    .map(({ index, value }) => {
      const type = fields[index].type as CoreType;
      return { index, type, value: ctx.bind(fieldOf(ctx, value, type, span), fields[index].name) };
    });
  if (kept.length === 0) return;
  there(ctx, to, span, () => {
    for (const { index, type, value } of kept) {
      const args = [to, constant(index, "int", span), value];
      ctx.emit({ kind: "effect", value: access("object.set", args, type, span), span });
    }
  });
}

const fieldIndex = (ctx: Context, name: string, field: string): number =>
  ctx.types.get(name)!.fields.findIndex((one) => one.name === field);

/** Only where the object is not na. */
function there(ctx: Context, object: LocalExpr, span: Span, inside: () => void): void {
  const { statements } = ctx.branch(inside);
  const absent: CoreExpr = {
    kind: "math",
    fn: "na",
    args: [object],
    type: "bool",
    qualifier: "series",
    span,
  };
  ctx.emit({ kind: "if", test: not(absent, span), then: statements, otherwise: [], span });
}

/** The line's value at a bar, also beyond its ends. */
function priceAt(ctx: Context, line: LocalExpr, x: Value | undefined, span: Span): CoreExpr {
  const field = (name: string) => typed(read(ctx, "line", line, name, span));
  const op = (op: "+" | "-" | "*" | "/", a: Value, b: Value) => applied(ctx, op, a, b, span);
  const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map(field);
  const at = typed(fieldOf(ctx, x, "int", span));
  const slope = op("/", op("-", y2, y1), op("-", x2, x1));
  return op("+", y1, op("*", op("-", at, x1), slope)).expr;
}

function access(fn: string, args: readonly CoreExpr[], type: CoreType, span: Span): CoreExpr {
  return { kind: "array", fn, args, type, qualifier: "series", span };
}
