import type { Call, Span } from "../ast.ts";
import { isReference } from "../core.ts";
import { as, type Given, isMisfit, type Misfit, placed } from "./arguments.ts";
import { checkBlock } from "./blocks.ts";
import { type Context, Exhausted } from "./context.ts";
import { declare } from "./declarations.ts";
import { checkExpression } from "./expressions.ts";
import { Scope, type UserFunction } from "./scope.ts";
import { isCoreType, namedType, naOf, QUALIFIERS, shown, typed, type Value } from "./types.ts";

/** Deepest chain of functions that call functions. */
const MAX_CALLS = 64;

/** A call of a user's function: its body once more, with slots of its own. */
export function inlined(
  ctx: Context,
  scope: Scope,
  candidates: readonly UserFunction[],
  node: Call,
  args: readonly Given<Value>[],
  wanted: boolean,
  receiver?: Span,
): Value {
  let nearest: Misfit | null = null;
  for (const [i, candidate] of candidates.entries()) {
    const { params } = candidate.declaration;
    const named = params.map(({ name, standard }) => ({
      name: name.text,
      required: standard === null,
    }));
    candidate.called = true;
    const places = placed(node.callee.text, named, args, node.callee);
    if (!isMisfit(places)) {
      const last = i === candidates.length - 1;
      if (last || fitsTypes(ctx, candidate, places))
        return expanded(ctx, scope, candidate, node, places, wanted, receiver);
      continue;
    }
    if (nearest === null || places.fit > nearest.fit) nearest = places;
  }
  nearest?.report(ctx);
  return ctx.broken(node.span);
}

/** Overloads are told apart by the types that their parameters name. */
function fitsTypes(
  ctx: Context,
  { declaration }: UserFunction,
  places: readonly (readonly Given<Value>[])[],
): boolean {
  return declaration.params.every((param, i) => {
    const [one] = places[i];
    if (one === undefined || param.type === null) return true;
    const type = namedType(param.type, ctx);
    if (type === null || !isCoreType(type)) return type === one.value.type;
    return as(ctx, one.value, type) !== null;
  });
}

function expanded(
  ctx: Context,
  outer: Scope,
  fn: UserFunction,
  node: Call,
  places: readonly (readonly Given<Value>[])[],
  wanted: boolean,
  receiver?: Span,
): Value {
  const { declaration } = fn;
  const { span } = node;
  const name = declaration.name.text;
  if (ctx.inlining.includes(fn)) {
    ctx.report("script_recursion", { name }, node.callee);
    return ctx.broken(span);
  }
  if (ctx.inlining.length >= MAX_CALLS) throw new Exhausted("script_too_deep", span);
  ctx.count(span);
  const globals = fn.home ?? root(outer);
  const body = new Scope(globals, fn.order + 1);
  const saved = {
    prefix: ctx.prefix,
    owner: ctx.owner,
    assigned: ctx.assigned,
    loops: ctx.loops,
    naming: ctx.naming,
  };
  const prefix = `${name}#${ctx.copyOf(name)}.`;
  const owner = {};
  const values = declaration.params.map((_, i) => argument(ctx, outer, fn, i, places[i][0], node));
  // Parameters belong to the function, what they are bound to is computed where it is called.
  ctx.prefix = prefix;
  ctx.owner = owner;
  ctx.assigned = fn.assigned;
  ctx.loops = 0;
  ctx.naming = null;
  ctx.inlining.push(fn);
  declaration.params.forEach((param, i) => {
    const given = places[i][0];
    const hidden =
      receiver !== undefined &&
      given?.argument.start === receiver.start &&
      given.argument.end === receiver.end;
    const origin =
      given === undefined
        ? param.standard === null
          ? null
          : { node: param.standard, scope: globals, item: null }
        : hidden
          ? null
          : { node: given.argument.value, scope: new Scope(outer, ctx.nextOrder()), item: null };
    const kept = bound(ctx, values[i], param.name.text);
    declare(ctx, body, {
      name: param.name.text,
      span: param.name,
      type: kept.type,
      value: kept,
      parameter: true,
      origin,
    });
  });
  const result = ctx.deeper(span, () => checkBlock(ctx, body, declaration.body, wanted));
  ctx.inlining.pop();
  Object.assign(ctx, saved);
  if (result.type === "void" && wanted && declaration.body.statements.length > 0)
    return { ...result, expr: { ...result.expr, span } };
  return result;
}

function root(scope: Scope): Scope {
  let at = scope;
  while (at.parent !== null) at = at.parent;
  return at;
}

/** What a parameter is: what is given, or its default, as the type that it names. */
function argument(
  ctx: Context,
  scope: Scope,
  fn: UserFunction,
  i: number,
  given: Given<Value> | undefined,
  node: Call,
): Value {
  const param = fn.declaration.params[i];
  const value =
    given?.value ??
    (param.standard === null
      ? ctx.broken(node.span)
      : checkExpression(ctx, new Scope(fn.home ?? root(scope), fn.order), param.standard));
  const span = given?.argument.value.span ?? node.span;
  const what = `${param.name.text} of ${fn.declaration.name.text}`;
  if (value.type === "void") {
    ctx.report("script_no_value", { what }, span);
    return ctx.broken(span);
  }
  if (value.type === "tuple") {
    ctx.report("script_tuple", { expected: 1, found: value.items?.length ?? 0 }, span);
    return ctx.broken(span);
  }
  if (param.type === null || value.type === "unknown") return value;
  const { qualifier } = param.type;
  if (
    qualifier !== null &&
    QUALIFIERS.indexOf(value.expr.qualifier) > QUALIFIERS.indexOf(qualifier)
  ) {
    const found = value.expr.qualifier;
    const params = {
      function: fn.declaration.name.text,
      argument: param.name.text,
      wanted: qualifier,
      found,
      why: undefined,
    };
    ctx.report("script_qualifier", params, span);
    return ctx.broken(span);
  }
  const type = namedType(param.type, ctx);
  if (type === null) {
    ctx.report("script_type_unknown", { name: param.type.name, meant: undefined }, param.type);
    return ctx.broken(span);
  }
  if (!isCoreType(type))
    return type === "unknown" && value.type !== "drawing"
      ? ctx.unsupported(`the type ${param.type.name}`, "", span)
      : value;
  if (value.type === "na") return typed(naOf(type, span));
  const fitting = value.type === "drawing" ? null : as(ctx, value, type);
  if (fitting !== null) return fitting;
  ctx.report("script_type", { what, expected: shown(type), found: shown(value.type) }, span);
  return ctx.broken(span);
}

/**
 * A parameter that changes from bar to bar has a slot, set where the function is called: its past is that of the calls.
 * On code that every bar reaches, a field or a variable is as good as a copy of it.
 */
function bound(ctx: Context, value: Value, name: string): Value {
  if (!isCoreType(value.type) || value.expr.qualifier !== "series") return value;
  const { expr } = value;
  if (isReference(value.type) && expr.kind === "local") return value;
  if (
    !ctx.conditional &&
    (expr.kind === "field" || (expr.kind === "local" && settled(ctx, expr.slot)))
  )
    return value;
  const slot = ctx.slot(name, value.type);
  ctx.set(slot, expr, expr.span);
  return { type: value.type, expr: ctx.local(slot, expr.span) };
}

/** Set once on a bar, before it is read: no variable that the code goes on to assign. */
function settled(ctx: Context, slot: number): boolean {
  return !ctx.moving.has(slot);
}
