import type { Expression, Identifier, Span } from "../ast.ts";
import type { Variable as BuiltIn } from "../builtins/signature.ts";
import type { BAR_FIELDS, CoreExpr, CoreType, FieldExpr, LedgerField, LocalExpr } from "../core.ts";
import { checkIf, checkSwitch } from "./blocks.ts";
import { checkCall } from "./calls.ts";
import { checkTernary } from "./choices.ts";
import type { Context } from "./context.ts";
import { sizeOf, stateful } from "./core-walk.ts";
import { checkForIn } from "./for-in-loops.ts";
import { checkFor } from "./for-loops.ts";
import { checkHistory } from "./history.ts";
import { checkWhile } from "./loops.ts";
import { fieldsOf, ownPath } from "./objects.ts";
import { checkBinary, checkUnary } from "./operators.ts";
import { Scope, type Variable } from "./scope.ts";
import { suggestVariable } from "./suggestions.ts";
import { constant, typed, type Value, type ValueType } from "./types.ts";

/** An expression as a value. `wanted` is false where a statement drops it. */
export function checkExpression(
  ctx: Context,
  scope: Scope,
  node: Expression,
  wanted = true,
): Value {
  ctx.count(node.span);
  return ctx.deeper(node.span, () => {
    switch (node.kind) {
      case "number":
        return typed(constant(node.value, node.integer ? "int" : "float", node.span));
      case "text":
        return typed(constant(node.value, "text", node.span));
      case "bool":
        return typed(constant(node.value, "bool", node.span));
      case "color":
        return typed(constant(colour(node.value), "color", node.span));
      case "identifier":
        return checkIdentifier(ctx, scope, node);
      case "call":
        return checkCall(ctx, scope, node, wanted);
      case "history":
        return checkHistory(ctx, scope, node);
      case "field":
        return fieldsOf(ctx, checkExpression(ctx, scope, node.source), node.name);
      case "unary":
        return checkUnary(ctx, scope, node);
      case "binary":
        return checkBinary(ctx, scope, node);
      case "ternary":
        return checkTernary(ctx, scope, node);
      case "tuple":
        return {
          ...ctx.broken(node.span),
          type: "tuple",
          items: node.items.map((item) => checkExpression(ctx, scope, item)),
        };
      case "if":
        return checkIf(ctx, scope, node, wanted);
      case "switch":
        return checkSwitch(ctx, scope, node, wanted);
      case "for":
        return checkFor(ctx, scope, node, wanted);
      case "for_in":
        return checkForIn(ctx, scope, node, wanted);
      case "while":
        return checkWhile(ctx, scope, node, wanted);
    }
  });
}

/** RRGGBB and transparency as one number. */
function colour(text: string): number {
  return Number.parseInt(text.slice(1).padEnd(8, "F"), 16);
}

function checkIdentifier(ctx: Context, scope: Scope, node: Identifier): Value {
  const { name, span } = node;
  const variable = scope.variable(name);
  if (variable !== undefined) return readVariable(ctx, variable, span);
  if (name === "na") return { type: "na", expr: constant(Number.NaN, "float", span) };
  const known = ctx.builtins.variable(name);
  if (known !== undefined) return readBuiltIn(ctx, name, known, span);
  const dotted = name.includes(".");
  const own = dotted ? ownPath(ctx, scope, name, span) : undefined;
  if (own !== undefined) return own;
  const base = dotted ? foreignBase(ctx, scope, name, span) : undefined;
  if (base !== undefined) return base;
  suggestVariable(ctx, scope, name, span);
  return ctx.broken(span);
}

/** What stands before the dot: a variable of an unsupported type, an imported library. */
export function foreignBase(
  ctx: Context,
  scope: Scope,
  name: string,
  span: Span,
): Value | undefined {
  const first = name.slice(0, name.indexOf("."));
  const variable = scope.variable(first);
  if (variable?.type === "unknown" || variable?.type === "drawing")
    return { ...readVariable(ctx, variable, span), type: "unknown" };
  const foreign = ctx.foreign.get(first);
  return foreign === undefined
    ? undefined
    : ctx.unsupported(foreign.construct(name), foreign.advice, span);
}

export function readVariable(ctx: Context, variable: Variable, span: Span): Value {
  if (variable.frame !== ctx.frame) return copied(ctx, variable, span);
  if (variable.slot !== null) return { type: variable.type, expr: ctx.local(variable.slot, span) };
  const value = variable.value ?? ctx.broken(span);
  // The value stands here once more, whole.
  ctx.count(span, sizeOf(value.expr));
  return value;
}

/** A variable of the chart inside `request.security`: computed again on the bars there. */
function copied(ctx: Context, variable: Variable, span: Span): Value {
  const known = ctx.frame.copies.get(variable);
  if (known !== undefined) return known;
  const { value, origin } = variable;
  if (value !== null && value.expr.qualifier !== "series") return value;
  if (variable.mutable || origin === null) {
    ctx.report("script_security_mutable", { name: variable.name }, span);
    return ctx.broken(span);
  }
  const { statements, conditional, naming } = ctx;
  ctx.statements = ctx.frame.body;
  ctx.conditional = false;
  ctx.naming = null;
  const inner = new Scope(origin.scope, variable.order);
  const whole = checkExpression(ctx, inner, origin.node);
  const one = origin.item === null ? whole : (whole.items?.[origin.item] ?? whole);
  const kept =
    one.type === "unknown" || one.expr.qualifier !== "series" || one.items !== undefined
      ? one
      : { type: one.type, expr: ctx.bind(one.expr, variable.name) };
  ctx.statements = statements;
  ctx.conditional = conditional;
  ctx.naming = naming;
  ctx.frame.copies.set(variable, kept);
  return kept;
}

function readBuiltIn(ctx: Context, name: string, known: BuiltIn, span: Span): Value {
  const { value, qualifier } = known;
  const type = builtInType(known.type);
  const of = { type: type as CoreType, qualifier, span };
  switch (value.to) {
    case "const":
      if (type === "na" || type === "drawing")
        return { type, expr: constant(Number.NaN, "float", span) };
      return typed(constant(value.value, type as CoreType, span));
    case "field":
      return typed({ kind: "field", field: value.field as (typeof BAR_FIELDS)[number], ...of });
    case "chart":
      return typed({ kind: "chart", field: value.field, ...of });
    case "ledger":
      if (!ctx.frame.chart) return misplaced(ctx, name, span);
      return typed({ kind: "ledger", field: value.field as LedgerField, ...of });
    case "expression": {
      const { made, shared } = computed(ctx, name, value.make, span);
      return shared ?? { type: type === "drawing" ? "drawing" : made.type, expr: made };
    }
    case "dead":
      return ctx.placeholder(
        type === "void" ? "drawing" : type,
        ctx.diagnose("script_drawing_needed", { name }, span),
        span,
      );
    case "unsupported":
      return ctx.unsupported(name, value.advice, span);
  }
}

function builtInType(type: BuiltIn["type"]): ValueType {
  if (type === "any" || type === "same") return "na";
  return (type as string).endsWith("<any>") ? "unknown" : (type as ValueType);
}

/** A built-in variable with state of its own advances on every bar, wherever it is read. */
function computed(
  ctx: Context,
  name: string,
  make: (scope: ReturnType<Context["makeScope"]>) => CoreExpr,
  span: Span,
): { readonly made: CoreExpr; readonly shared: Value | null } {
  const known = ctx.frame.shared.get(name);
  if (known !== undefined) return { made: known, shared: typed({ ...known, span }) };
  const before = ctx.frame.prelude.length;
  const made = ctx.atStart(() => make(ctx.makeScope(span, name)));
  ctx.count(span);
  if (ctx.frame.prelude.length === before && !stateful(made)) return { made, shared: null };
  const slot = ctx.atStart(() => ctx.bind(made, name));
  ctx.frame.shared.set(name, slot);
  return { made: slot, shared: typed(slot) };
}

/** The slot of a built-in variable whose history is read. */
export function sharedVariable(ctx: Context, name: string, expr: CoreExpr): LocalExpr | FieldExpr {
  const known = ctx.frame.shared.get(name);
  if (known !== undefined) return known;
  const slot = ctx.atStart(() => ctx.bind(expr, name));
  ctx.frame.shared.set(name, slot);
  return slot;
}

export function misplaced(ctx: Context, what: string, span: Span): Value {
  return ctx.placeholder("unknown", ctx.diagnose("script_security_place", { what }, span), span);
}
