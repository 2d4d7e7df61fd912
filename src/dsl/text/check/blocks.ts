import type { Block, Expression, If, Span, Switch } from "../ast.ts";
import { type Branch, branchOff, choice, keptConstant } from "./choices.ts";
import type { Context } from "./context.ts";
import { condition } from "./convert.ts";
import { checkExpression } from "./expressions.ts";
import { applied } from "./operators.ts";
import { Scope } from "./scope.ts";
import { checkStatements } from "./statements.ts";
import { constant, isCoreType, typed, type Value } from "./types.ts";

/** Longest chain of cases: each is one level deeper in what follows. */
const MAX_CASES = 256;

export function checkBlock(ctx: Context, scope: Scope, block: Block, wanted: boolean): Value {
  return checkStatements(ctx, new Scope(scope), block.statements, wanted);
}

export function checkIf(ctx: Context, scope: Scope, node: If, wanted: boolean): Value {
  const test = condition(ctx, checkExpression(ctx, scope, node.test), node.test.span);
  const then = ctx.branch(() => checkBlock(ctx, scope, node.then, wanted));
  const { otherwise: block } = node;
  const otherwise = ctx.branch(() =>
    block === null ? na(node.span) : checkBlock(ctx, scope, block, wanted),
  );
  return branched(ctx, "if", test, then, otherwise, node.span, wanted);
}

const na = (span: Span): Value => ({
  type: "na",
  expr: constant(Number.NaN, "float", span),
});

function branched(
  ctx: Context,
  construct: string,
  test: Value,
  then: Branch,
  otherwise: Branch,
  span: Span,
  wanted: boolean,
): Value {
  if (wanted) return choice(ctx, construct, test, then, otherwise, span);
  if (test.expr.kind === "const" && test.type === "bool" && !keptConstant(ctx, test.expr)) {
    const taken = test.expr.value === true ? then : otherwise;
    for (const statement of taken.statements) ctx.statements.push(statement);
  } else {
    branchOff(ctx, test, then, otherwise, span);
  }
  return { ...ctx.broken(span), type: "void" };
}

export function checkSwitch(ctx: Context, scope: Scope, node: Switch, wanted: boolean): Value {
  const { span } = node;
  if (node.cases.length > MAX_CASES) {
    ctx.report("script_too_deep", {}, span);
    return ctx.broken(span);
  }
  let subject: Value | null = null;
  if (node.subject !== null) {
    subject = checkExpression(ctx, scope, node.subject);
    if (isCoreType(subject.type) && subject.expr.qualifier === "series")
      subject = typed(ctx.bind(subject.expr, "switch"));
  }
  const from = (at: number): Branch => {
    const one = node.cases[at];
    if (one === undefined) return { result: na(span), statements: [] };
    if (one.test === null) return ctx.branch(() => checkBlock(ctx, scope, one.body, wanted));
    const { test: written } = one;
    return ctx.branch(() => {
      const test = ctx.branch(() => tested(ctx, scope, subject, written));
      for (const statement of test.statements) ctx.statements.push(statement);
      const then = ctx.branch(() => checkBlock(ctx, scope, one.body, wanted));
      const otherwise = from(at + 1);
      return branched(ctx, "switch", test.result, then, otherwise, span, wanted);
    });
  };
  const { conditional } = ctx;
  const whole = from(0);
  ctx.conditional = conditional;
  for (const statement of whole.statements) ctx.statements.push(statement);
  return whole.result;
}

function tested(ctx: Context, scope: Scope, subject: Value | null, node: Expression): Value {
  const value = checkExpression(ctx, scope, node);
  if (subject === null) return condition(ctx, value, node.span);
  return applied(ctx, "==", subject, value, node.span);
}
