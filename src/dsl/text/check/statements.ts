import type { Expression, Name, Span, Statement } from "../ast.ts";
import { assignedNames } from "./assigned.ts";
import { assignFieldOf, checkAssignment } from "./assignments.ts";
import type { Context } from "./context.ts";
import { hasEffect } from "./core-walk.ts";
import { checkDeclaration, checkTuple } from "./declarations.ts";
import { checkExpression } from "./expressions.ts";
import type { Scope } from "./scope.ts";
import { constant, type Value } from "./types.ts";

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
