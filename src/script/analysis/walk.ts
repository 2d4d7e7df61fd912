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
      return all([expr.of, expr.offset]);
    case "unary":
      return all([expr.operand]);
    case "binary": {
      const lazy = (expr.op === "and" || expr.op === "or") && !expr.eager;
      all([expr.left]);
      return all([expr.right], lazy ? SOMETIMES : position);
    }
    case "select":
      all([expr.test]);
      return all([expr.then, expr.otherwise], SOMETIMES);
    case "math":
    case "calendar":
    case "string":
    case "array":
      return all(expr.args);
    case "indicator":
      return all([...expr.sources, ...expr.params]);
    case "trade":
      return all([expr.index]);
    case "security":
      return all([expr.timeframe]);
    case "block":
      walk(expr.statements, visitor, position);
      return all([expr.value]);
  }
}

export function orderArguments(order: OrderCall): CoreExpr[] {
  const { call: _call, ...rest } = order;
  return Object.values(rest).flatMap((value): CoreExpr[] =>
    Array.isArray(value) ? value : typeof value === "object" ? [value as CoreExpr] : [],
  );
}
