import type {
  Assignment,
  Declaration,
  Expression,
  FieldAssignment,
  Name,
  Span,
  Statement,
  TupleDeclaration,
} from "../ast.ts";
import type { CoreExpr } from "../core.ts";
import { assignedNames, mentions } from "./assigned.ts";
import type { Context } from "./context.ts";
import { converted } from "./convert.ts";
import { hasEffect } from "./core-walk.ts";
import { checkExpression, foreignBase, readVariable } from "./expressions.ts";
import { fieldsOf, ownPath, setField } from "./objects.ts";
import { applied } from "./operators.ts";
import type { OpenSlot, Origin, Scope, Variable } from "./scope.ts";
import { suggestVariable } from "./suggestions.ts";
import {
  constant,
  isCoreType,
  isNumber,
  isObject,
  joined,
  namedType,
  naOf,
  shown,
  typed,
  type Value,
  type ValueType,
} from "./types.ts";

/** Statements in order; the value is that of the last one. */
export function checkStatements(
  ctx: Context,
  scope: Scope,
  statements: readonly Statement[],
  wanted: boolean,
): Value {
  scope.later = declaredNames(statements.filter((one) => !ctx.holes.statements.has(one)));
  let value: Value | null = null;
  const last = statements.length - 1;
  for (const [i, statement] of statements.entries()) {
    if (statement === undefined || ctx.holes.statements.has(statement)) continue;
    value = ctx.deeper(statement.span, () =>
      checkStatement(ctx, scope, statement, wanted && i === last),
    );
  }
  return value ?? { type: "void", expr: constant(Number.NaN, "float", { start: 0, end: 0 }) };
}

function declaredNames(statements: readonly Statement[]): ReadonlyMap<string, Name> {
  const names = new Map<string, Name>();
  for (const statement of statements) {
    if (statement?.kind === "declaration") names.set(statement.name.text, statement.name);
    if (statement?.kind === "tuple_declaration")
      for (const name of statement.names) names.set(name.text, name);
    if (statement?.kind === "function_declaration") names.set(statement.name.text, statement.name);
  }
  return names;
}

const nothing = (span: Span): Value => ({
  type: "void",
  expr: constant(Number.NaN, "float", span),
});

function checkStatement(ctx: Context, scope: Scope, statement: Statement, wanted: boolean): Value {
  ctx.count(statement.span);
  switch (statement.kind) {
    case "declaration":
      return checkDeclaration(ctx, scope, statement);
    case "tuple_declaration":
      return checkTuple(ctx, scope, statement);
    case "assignment":
      return checkAssignment(ctx, scope, statement);
    case "field_assignment":
      return assignFieldOf(ctx, scope, statement);
    case "function_declaration":
      declareFunction(ctx, scope, statement);
      return nothing(statement.span);
    case "expression_statement":
      return checkEffect(ctx, scope, statement.expression, wanted);
    case "jump":
      if (ctx.loops === 0) ctx.report("script_jump", { word: statement.to }, statement.span);
      else ctx.emit({ kind: "jump", to: statement.to, span: statement.span });
      return nothing(statement.span);
    case "type_declaration":
    case "enum_declaration":
    case "unsupported":
      return nothing(statement.span);
  }
}

function checkEffect(ctx: Context, scope: Scope, node: Expression, wanted: boolean): Value {
  const value = checkExpression(ctx, scope, node, wanted);
  if (wanted && value.type !== "void") return value;
  for (const one of value.items ?? [value]) {
    if (hasEffect(one.expr)) {
      ctx.emit({ kind: "effect", value: one.expr, span: node.span });
    }
  }
  return value.type === "void" ? nothing(node.span) : value;
}

function declareFunction(
  ctx: Context,
  scope: Scope,
  declaration: Extract<Statement, { kind: "function_declaration" }>,
): void {
  const name = declaration.name.text;
  if (scope.parent !== null || ctx.owner !== null) {
    ctx.report("script_function_place", { name }, declaration.name);
  }
  const known = scope.functions.get(name) ?? [];
  const twin = known.find(
    (one) =>
      one.declaration.params.length === declaration.params.length &&
      one.declaration.params.every((param, i) => {
        const other = declaration.params[i].type;
        return param.type?.name === other?.name;
      }),
  );
  if (twin !== undefined) {
    const line = ctx.line(twin.declaration.name);
    ctx.report("script_redeclared", { name, line }, declaration.name);
    return;
  }
  const assigned = assignedNames(declaration.body.statements);
  known.push({ declaration, order: ctx.nextOrder(), assigned, called: false });
  scope.functions.set(name, known);
}

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
  if (twin === undefined || text === "_") return false;
  ctx.report("script_redeclared", { name: text, line: ctx.line(twin.span) }, { start, end });
  return true;
}

function checkDeclaration(ctx: Context, scope: Scope, node: Declaration): Value {
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
    const foreign = ctx.foreign.get(node.type.name);
    return ctx.unsupported(foreign?.construct ?? `the type ${node.type.name}`, "", span);
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

function checkTuple(ctx: Context, scope: Scope, node: TupleDeclaration): Value {
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

function checkAssignment(ctx: Context, scope: Scope, node: Assignment): Value {
  const { name, span } = node;
  const variable = scope.variable(name.text);
  const naming = ctx.naming;
  ctx.naming = name.text;
  const right = checkExpression(ctx, scope, node.value);
  ctx.naming = naming;
  if (variable === undefined) {
    if (name.text.includes(".")) return assignField(ctx, scope, node, right);
    if (ctx.builtins.variable(name.text) !== undefined) {
      ctx.report("script_not_assignable", { name: name.text, what: "built_in" }, name);
    } else {
      suggestVariable(ctx, scope, name.text, name);
    }
    return ctx.broken(span);
  }
  const refused = variable.parameter ? "parameter" : variable.owner !== ctx.owner ? "global" : null;
  if (refused !== null) {
    ctx.report("script_not_assignable", { name: name.text, what: refused }, name);
    return ctx.broken(span);
  }
  const value =
    node.op === ":="
      ? right
      : applied(ctx, node.op[0] as "+", readVariable(ctx, variable, name), right, span);
  return assigned(ctx, variable, value, node);
}

function assigned(ctx: Context, variable: Variable, value: Value, node: Assignment): Value {
  const { slot } = variable;
  const { span } = node;
  if (value.type === "void") {
    ctx.report("script_no_value", { what: `what ${variable.name} is set to` }, node.value.span);
    return ctx.broken(span);
  }
  if (variable.type === "drawing") return variable.value ?? value;
  if (slot === null) return value.type === "unknown" ? value : (variable.value ?? value);
  let expr: CoreExpr | null = value.expr;
  if (value.type !== "unknown" && variable.type !== "unknown" && isCoreType(variable.type)) {
    expr = value.type === "drawing" ? null : converted(ctx, value, variable.type);
  }
  if (expr === null) {
    if (variable.type === "int" && isNumber(value.type) && ctx.version < 6 && divides(value.expr)) {
      // int / int of a series counts as int up to version 5, whatever it gives.
      expr = value.expr;
    } else {
      ctx.report(
        "script_type",
        {
          what: `what ${variable.name} is set to`,
          expected: shown(variable.type),
          found: shown(value.type),
        },
        node.value.span,
      );
      return ctx.broken(span);
    }
  }
  ctx.set(slot, expr, span);
  return readVariable(ctx, variable, span);
}

function divides(expr: CoreExpr): boolean {
  return expr.kind === "binary" && joined(expr.left.type, expr.right.type) === "int";
}

/** `points.get(0).x := 1`. */
function assignFieldOf(ctx: Context, scope: Scope, node: FieldAssignment): Value {
  const { name, span } = node;
  const right = checkExpression(ctx, scope, node.value);
  const found = checkExpression(ctx, scope, node.source);
  const dot = name.text.lastIndexOf(".");
  const path = { ...name, text: name.text.slice(0, dot), end: name.start + dot };
  const object = dot < 0 ? found : fieldsOf(ctx, found, path);
  if (object.type === "unknown" || object.type === "drawing") return object;
  const last = dot < 0 ? name : { ...name, text: name.text.slice(dot + 1), start: path.end + 1 };
  return setField(ctx, typed(ctx.bind(object.expr, "object")), last, node.op, right, span);
}

/** `point.x := 1` on a value of a user type. */
function assignField(ctx: Context, scope: Scope, node: Assignment, right: Value): Value {
  const { text, start, end } = node.name;
  const dot = text.lastIndexOf(".");
  const object = ownPath(ctx, scope, text.slice(0, dot), { start, end });
  if (object !== undefined && isObject(object.type)) {
    const at = { text: text.slice(dot + 1), start: start + dot + 1, end };
    return setField(ctx, typed(ctx.bind(object.expr, "object")), at, node.op, right, node.span);
  }
  const base = foreignBase(ctx, scope, text, node.span);
  if (base !== undefined) return base;
  ctx.report("script_not_assignable", { name: node.name.text, what: "field" }, node.name);
  return right.type === "unknown" ? right : ctx.broken(node.span);
}
