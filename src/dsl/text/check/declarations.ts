import type { Declaration, Name, Span, TupleDeclaration } from "../ast.ts";
import type { CoreExpr } from "../core.ts";
import { mentions } from "./assigned.ts";
import type { Context } from "./context.ts";
import { converted } from "./convert.ts";
import { checkExpression, readVariable } from "./expressions.ts";
import type { OpenSlot, Origin, Scope, Variable } from "./scope.ts";
import {
  constant,
  isCoreType,
  namedType,
  naOf,
  shown,
  typed,
  type Value,
  type ValueType,
} from "./types.ts";

export interface NewVariable {
  readonly name: string;
  readonly span: Span;
  readonly type: ValueType;
  readonly slot?: OpenSlot | null;
  readonly value?: Value | null;
  readonly mutable?: boolean;
  readonly parameter?: boolean;
  readonly origin?: Origin | null;
}

export function declare(ctx: Context, scope: Scope, made: NewVariable): Variable {
  const variable: Variable = {
    slot: null,
    value: null,
    mutable: false,
    parameter: false,
    origin: null,
    ...made,
    order: ctx.nextOrder(),
    owner: ctx.owner,
    frame: ctx.frame,
  };
  if (variable.mutable && variable.slot !== null) ctx.moving.add(variable.slot.id);
  scope.variables.set(made.name, variable);
  return variable;
}

function taken(ctx: Context, scope: Scope, { text, start, end }: Name): boolean {
  const twin = scope.variables.get(text);
  if (text === "_") return false;
  if (twin === undefined) {
    const outer = scope.variable(text);
    // A function's own names may be those of the script.
    if (outer !== undefined && outer.owner === ctx.owner && outer.frame === ctx.frame)
      ctx.report("script_shadowed", { name: text, line: ctx.line(outer.span) }, { start, end });
    return false;
  }
  ctx.report("script_redeclared", { name: text, line: ctx.line(twin.span) }, { start, end });
  return true;
}

export function checkDeclaration(ctx: Context, scope: Scope, node: Declaration): Value {
  const { name, span } = node;
  const outer = ctx.naming;
  ctx.naming = name.text;
  const once = node.mode !== "bar";
  const self = declaredSelf(ctx, scope, node);
  const { result, statements } = once
    ? ctx.branch(() => checkExpression(ctx, scope, node.value))
    : { result: checkExpression(ctx, scope, node.value), statements: [] };
  ctx.naming = outer;
  const value = declaredAs(ctx, node, self === null ? result : numeric(ctx, result), name.text);
  if (self === null && taken(ctx, scope, name)) return value;
  const mutable = ctx.assigned.has(name.text);
  const origin = { node: node.value, scope, item: null };
  const made = { name: name.text, span: name, type: value.type, mutable, origin };
  if (!isCoreType(value.type) && !(mutable && value.type === "unknown")) {
    for (const statement of statements) ctx.statements.push(statement);
    return readVariable(ctx, declare(ctx, scope, { ...made, value }), span);
  }
  if (!mutable && value.expr.qualifier !== "series" && statements.length === 0) {
    return readVariable(ctx, declare(ctx, scope, { ...made, value }), span);
  }
  const slot = self ?? ctx.slot(name.text, value.type, once ? "var" : "bar");
  if (statements.length === 0) ctx.set(slot, value.expr, span, once);
  else initialise(ctx, slot, value.expr, statements, span);
  return readVariable(ctx, declare(ctx, scope, { ...made, slot }), span);
}

/** `var x = f()`: what the function does is done on the first bar only, too. */
function initialise(
  ctx: Context,
  slot: OpenSlot,
  value: CoreExpr,
  statements: import("../core.ts").CoreStatement[],
  span: Span,
): void {
  const fresh = ctx.slot("first", "bool", "var");
  ctx.set(fresh, constant(true, "bool", span), span, true);
  statements.push({ kind: "set", slot: slot.id, value, once: false, span });
  const done = constant(false, "bool", span);
  statements.push({ kind: "set", slot: fresh.id, value: done, once: false, span });
  ctx.emit({ kind: "if", test: ctx.local(fresh, span), then: statements, otherwise: [], span });
}

/** Up to version 2 a variable may read its own past: `x = nz(x[1]) + 1`. Its slot, or null where it does not. */
function declaredSelf(ctx: Context, scope: Scope, { name, value }: Declaration): OpenSlot | null {
  if (ctx.version > 2 || scope.variables.has(name.text) || !mentions(value, name.text)) return null;
  const slot = ctx.slot(name.text, "float");
  declare(ctx, scope, { name: name.text, span: name, type: "float", slot, mutable: true });
  return slot;
}

/** What reads its own past was taken for a number: a truth is 1 or 0. */
function numeric(ctx: Context, value: Value): Value {
  const counts = value.type === "bool" || value.type === "int";
  const expr = counts ? converted(ctx, value, "float") : null;
  return expr === null ? value : { type: "float", expr };
}

/** The value as what the declaration says, or what its assignments make of `x = na`. */
function declaredAs(ctx: Context, node: Declaration, value: Value, name: string): Value {
  const { span } = node.value;
  if (value.type === "void") {
    ctx.report("script_no_value", { what: `what ${name} is declared as` }, span);
    return ctx.broken(span);
  }
  if (value.type === "tuple") {
    ctx.report("script_tuple", { expected: 1, found: value.items?.length ?? 0 }, span);
    return ctx.broken(span);
  }
  if (node.type === null) {
    if (value.type !== "na") return widened(ctx, name, value);
    const guess = ctx.guesses.get(name) ?? "float";
    return typed(naOf(guess, span));
  }
  const wanted = namedType(node.type, ctx);
  if (wanted === null) {
    const meant = undefined;
    ctx.report("script_type_unknown", { name: node.type.name, meant }, node.type);
    return ctx.broken(span);
  }
  if (wanted === "unknown") {
    if (value.type === "unknown") return value;
    const { name } = node.type;
    const foreign = ctx.foreign.get(name.slice(0, Math.max(0, name.indexOf("."))));
    const construct = foreign?.construct(name) ?? `the type ${name}`;
    return ctx.unsupported(construct, foreign?.advice ?? "", span);
  }
  if (wanted === "drawing") {
    if (value.type === "drawing" || value.type === "unknown") return value;
    if (value.type === "na") {
      const params = { name: `the ${node.type.name} ${name}` };
      return ctx.placeholder("drawing", ctx.diagnose("script_drawing_needed", params, span), span);
    }
  } else if (isCoreType(wanted)) {
    if (value.type === "unknown") return value;
    const expr = converted(ctx, value, wanted);
    if (expr !== null && value.type !== "drawing")
      return {
        type: wanted,
        expr: expr.kind === "const" && expr.type !== wanted ? { ...expr, type: wanted } : expr,
      };
  }
  ctx.report(
    "script_type",
    { what: `${name}`, expected: shown(wanted), found: shown(value.type) },
    span,
  );
  return ctx.broken(span);
}

/** Up to version 3 a variable that starts as an int may be assigned floats. */
function widened(ctx: Context, name: string, value: Value): Value {
  if (value.type !== "int" || ctx.version > 3 || !ctx.assigned.has(name)) return value;
  return { type: "float", expr: value.expr };
}

export function checkTuple(ctx: Context, scope: Scope, node: TupleDeclaration): Value {
  const { span } = node;
  ctx.naming = node.names[0]?.text ?? null;
  const whole = checkExpression(ctx, scope, node.value);
  ctx.naming = null;
  let items: readonly Value[] | undefined = whole.items;
  if (whole.type === "unknown" || whole.type === "drawing" || whole.type === "na") {
    items = node.names.map(() => whole);
  } else if (items === undefined || items.length !== node.names.length) {
    const found = items?.length ?? 1;
    if (whole.type === "void")
      ctx.report("script_no_value", { what: "the right side" }, node.value.span);
    else ctx.report("script_tuple", { expected: node.names.length, found }, span);
    items = node.names.map(() => ctx.broken(span));
  }
  const bound = items.map((item, i) => bindItem(ctx, item, node.names[i]));
  node.names.forEach((name, i) => {
    if (name.text === "_" || taken(ctx, scope, name)) return;
    const { value, slot } = bound[i];
    const origin = { node: node.value, scope, item: i };
    const mutable = ctx.assigned.has(name.text);
    declare(ctx, scope, {
      name: name.text,
      span: name,
      type: value.type,
      mutable,
      origin,
      slot,
      value: slot === null ? value : null,
    });
  });
  return { ...ctx.broken(span), type: "tuple", items: bound.map(({ value }) => value) };
}

/** All items are computed before the first name is declared. */
function bindItem(
  ctx: Context,
  item: Value,
  name: Name,
): { readonly value: Value; readonly slot: OpenSlot | null } {
  const mutable = ctx.assigned.has(name.text);
  if (item.type === "void" || item.type === "tuple") {
    ctx.report("script_no_value", { what: `what ${name.text} is declared as` }, name);
    return { value: ctx.broken(name), slot: null };
  }
  const value =
    item.type === "na" ? typed(naOf(ctx.guesses.get(name.text) ?? "float", name)) : item;
  if (!isCoreType(value.type) && !(mutable && value.type === "unknown"))
    return { value, slot: null };
  if (!mutable && value.expr.qualifier !== "series") return { value, slot: null };
  if (name.text === "_") return { value, slot: null };
  const slot = ctx.slot(name.text, value.type);
  ctx.set(slot, value.expr, name);
  return { value: { type: value.type, expr: ctx.local(slot, name) }, slot };
}
