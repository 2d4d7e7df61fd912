import type { Binary, BinaryOperator, Expression, Span, Unary } from "../ast.ts";
import {
  type BinaryExpr,
  type CoreExpr,
  type CoreOp,
  type CoreType,
  isReference,
} from "../core.ts";
import type { Context } from "./context.ts";
import { condition, converted } from "./convert.ts";
import { not, notCross, pushedNot } from "./exact-not.ts";
import { checkExpression } from "./expressions.ts";
import { foldBinary } from "./fold.ts";
import type { Scope } from "./scope.ts";
import {
  constant,
  isCoreType,
  isNumber,
  joined,
  latest,
  shown,
  typed,
  type Value,
} from "./types.ts";

export function checkUnary(ctx: Context, scope: Scope, node: Unary): Value {
  if (node.op === "not" && ctx.exact) {
    const pushed = pushedNot(node.operand, node.span);
    if (pushed !== null) return checkNegated(ctx, scope, pushed);
  }
  const value = checkExpression(ctx, scope, node.operand);
  if (value.type === "unknown") return value;
  const { span } = node;
  if (node.op === "not") {
    const operand = condition(ctx, value, node.operand.span);
    if (operand.type === "unknown") return operand;
    if (operand.expr.kind === "const") return typed(constant(!operand.expr.value, "bool", span));
    ctx.count(span);
    const builtIn =
      node.operand.kind === "call" && scope.functionsOf(node.operand.callee.text).length === 0;
    return typed((ctx.exact && builtIn ? notCross : not)(operand.expr, span));
  }
  const operand = number(ctx, value);
  if (operand === null) return refused(ctx, node.op, value, value, span);
  if (node.op === "+") return typed(operand);
  if (operand.kind === "const") {
    return typed(constant(-(operand.value as number), operand.type, span));
  }
  ctx.count(span);
  const { qualifier, type } = operand;
  return typed({ kind: "unary", op: "neg", operand, type, qualifier, span });
}

function checkNegated(ctx: Context, scope: Scope, node: Expression): Value {
  const value = checkExpression(ctx, scope, node);
  return value.type === "unknown" ? value : condition(ctx, value, node.span);
}

const OPS: Readonly<Record<BinaryOperator, CoreOp>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "%": "mod",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
  "==": "eq",
  "!=": "ne",
  and: "and",
  or: "or",
};

export function checkBinary(ctx: Context, scope: Scope, node: Binary): Value {
  if (node.op === "and" || node.op === "or") return checkLogic(ctx, scope, node, node.op);
  const left = checkExpression(ctx, scope, node.left);
  const right = checkExpression(ctx, scope, node.right);
  return applied(ctx, node.op, left, right, node.span);
}

/** An operator on values that are there already, for `a + b` and `a += b` alike. */
export function applied(
  ctx: Context,
  op: Exclude<BinaryOperator, "and" | "or">,
  left: Value,
  right: Value,
  span: Span,
): Value {
  if (left.type === "unknown" || right.type === "unknown")
    return ctx.unknowns.joined([left, right], span);
  if (op === "+" && (left.type === "text" || right.type === "text")) {
    const a = converted(ctx, left, "text");
    const b = converted(ctx, right, "text");
    if (a === null || b === null) return refused(ctx, op, left, right, span);
    return made(ctx, "concat", a, b, "text", span);
  }
  if (op === "==" || op === "!=") {
    const pair = alike(ctx, left, right);
    if (pair === null) return refused(ctx, op, left, right, span);
    return made(ctx, OPS[op], pair[0], pair[1], "bool", span);
  }
  const a = number(ctx, left);
  const b = number(ctx, right);
  if (a === null || b === null) return refused(ctx, op, left, right, span);
  if (op === "<" || op === "<=" || op === ">" || op === ">=") {
    return made(ctx, OPS[op], a, b, "bool", span);
  }
  const ints = a.type === "int" && b.type === "int";
  if (op === "/") {
    const whole = ints && ctx.version < 6 && a.qualifier === "const" && b.qualifier === "const";
    return made(ctx, whole ? "idiv" : "div", a, b, whole ? "int" : "float", span);
  }
  return made(ctx, OPS[op], a, b, ints ? "int" : "float", span);
}

/** Both sides of == as one type. */
function alike(ctx: Context, left: Value, right: Value): readonly [CoreExpr, CoreExpr] | null {
  if (left.type === "drawing" || right.type === "drawing") {
    return left.type === right.type || left.type === "na" || right.type === "na"
      ? [left.expr, right.expr]
      : null;
  }
  let type = joined(left.type, right.type);
  if (type === "na") type = "float";
  if (type === null && ctx.version < 6) {
    // A condition compared with a number, `cond == 1`.
    if (left.type === "bool" && isNumber(right.type)) return swap(alike(ctx, right, left));
    if (right.type === "bool" && isNumber(left.type)) {
      const asBool = converted(ctx, left, "bool");
      return asBool === null ? null : [asBool, right.expr];
    }
  }
  if (type === null || !isCoreType(type) || isReference(type)) return null;
  const a = converted(ctx, left, type);
  const b = converted(ctx, right, type);
  return a === null || b === null ? null : [a, b];
}

const swap = (pair: readonly [CoreExpr, CoreExpr] | null) =>
  pair === null ? null : ([pair[1], pair[0]] as const);

function number(ctx: Context, value: Value): CoreExpr | null {
  if (isNumber(value.type)) return value.expr;
  if (value.type !== "na" && value.type !== "bool") return null;
  return converted(ctx, value, "float");
}

function made(
  ctx: Context,
  op: CoreOp,
  left: CoreExpr,
  right: CoreExpr,
  type: CoreType,
  span: Span,
  eager = false,
): Value {
  ctx.count(span);
  const expr: BinaryExpr = {
    kind: "binary",
    op,
    left,
    right,
    eager,
    type,
    qualifier: latest([left, right]),
    span,
  };
  if (left.kind === "const" && right.kind === "const") {
    const folded = foldBinary(op, left.value, right.value, ctx.exact);
    if (folded !== null)
      return typed({ kind: "const", value: folded, type, qualifier: "const", span, folded: expr });
  }
  return typed(expr);
}

function refused(ctx: Context, op: string, left: Value, right: Value, span: Span): Value {
  for (const { type } of [left, right]) {
    if (type === "void") {
      ctx.report("script_no_value", { what: `an operand of ${op}` }, span);
      return ctx.broken(span);
    }
  }
  ctx.report("script_operator", { op, left: shown(left.type), right: shown(right.type) }, span);
  return ctx.broken(span);
}

/** Before version 6 both sides are computed; from 6 on the right one only where it counts. */
function checkLogic(ctx: Context, scope: Scope, node: Binary, op: "and" | "or"): Value {
  const { span } = node;
  const left = condition(ctx, checkExpression(ctx, scope, node.left), node.left.span);
  const eager = ctx.version < 6;
  const operand = () => condition(ctx, checkExpression(ctx, scope, node.right), node.right.span);
  const { result: right, statements } = eager
    ? { result: operand(), statements: [] }
    : ctx.branch(operand);
  if (left.type === "unknown") return ctx.unknowns.joined([left, right], span);
  if (statements.length === 0) {
    if (right.type === "unknown") return right;
    return made(ctx, op, left.expr, right.expr, "bool", span, eager);
  }
  const slot = ctx.slot(op, "bool");
  ctx.set(slot, left.expr, span);
  statements.push({ kind: "set", slot: slot.id, value: right.expr, once: false, span });
  const test = ctx.local(slot, span);
  ctx.emit({
    kind: "if",
    test,
    then: op === "and" ? statements : [],
    otherwise: op === "and" ? [] : statements,
    span,
  });
  return { type: right.type, expr: ctx.local(slot, span) };
}
