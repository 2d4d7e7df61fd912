import type { CoreExpr, CoreStatement, OrderCall } from "../../dsl/text/core.ts";

/** Where something stands: whether it is computed exactly once on every bar. */
export interface Position {
  readonly conditional: boolean;
}

const ALWAYS: Position = { conditional: false };
const SOMETIMES: Position = { conditional: true };

export interface Visitor {
  expression?(expr: CoreExpr, position: Position): void;
  statement?(statement: CoreStatement, position: Position): void;
}

/** Meets all statements and expressions in the order of execution, but not what computes `request.security`. */
export function walk(
  statements: readonly CoreStatement[],
  visitor: Visitor,
  position: Position = ALWAYS,
): void {
  for (const statement of statements) walkStatement(statement, visitor, position);
}

function walkStatement(statement: CoreStatement, visitor: Visitor, position: Position): void {
  visitor.statement?.(statement, position);
  const expression = (expr: CoreExpr) => walkExpression(expr, visitor, position);
  switch (statement.kind) {
    case "set":
      walkExpression(statement.value, visitor, statement.once ? SOMETIMES : position);
      return;
    case "if":
      expression(statement.test);
      walk(statement.then, visitor, SOMETIMES);
      walk(statement.otherwise, visitor, SOMETIMES);
      return;
    case "for":
      expression(statement.from);
      expression(statement.to);
      if (statement.by) expression(statement.by);
      walk(statement.body, visitor, SOMETIMES);
      return;
    case "for_in":
      expression(statement.array);
      walk(statement.body, visitor, SOMETIMES);
      return;
    case "while":
      walkExpression(statement.test, visitor, SOMETIMES);
      walk(statement.body, visitor, SOMETIMES);
      return;
    case "effect":
      expression(statement.value);
      return;
    case "order":
      for (const arg of orderArguments(statement.order)) expression(arg);
      return;
    case "jump":
      return;
  }
}

export function walkExpression(
  expr: CoreExpr,
  visitor: Visitor,
  position: Position = ALWAYS,
): void {
  visitor.expression?.(expr, position);
  const all = (parts: readonly CoreExpr[], at = position) => {
    for (const part of parts) walkExpression(part, visitor, at);
  };
  switch (expr.kind) {
    case "const":
    case "input":
    case "field":
    case "local":
    case "chart":
    case "ledger":
      return;
    case "past":
      all([expr.of, expr.offset]);
      return;
    case "unary":
      all([expr.operand]);
      return;
    case "binary": {
      const lazy = (expr.op === "and" || expr.op === "or") && !expr.eager;
      all([expr.left]);
      all([expr.right], lazy ? SOMETIMES : position);
      return;
    }
    case "select":
      all([expr.test]);
      all([expr.then, expr.otherwise], SOMETIMES);
      return;
    case "math":
    case "calendar":
    case "string":
    case "array":
      all(expr.args);
      return;
    case "indicator":
      all([...expr.sources, ...expr.params]);
      return;
    case "trade":
      all([expr.index]);
      return;
    case "security":
      all([expr.timeframe]);
      return;
    case "block":
      walk(expr.statements, visitor, position);
      all([expr.value]);
      return;
  }
}

export function orderArguments(order: OrderCall): CoreExpr[] {
  const { call: _call, ...rest } = order;
  return Object.values(rest).flatMap((value): CoreExpr[] =>
    Array.isArray(value) ? value : typeof value === "object" ? [value as CoreExpr] : [],
  );
}
