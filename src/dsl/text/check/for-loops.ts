import type { Expression, For, Span } from "../ast.ts";
import type { CoreExpr, CoreStatement } from "../core.ts";
import type { Context } from "./context.ts";
import { everyExpression, stateful } from "./core-walk.ts";
import { checkExpression } from "./expressions.ts";
import { checkBody, loop } from "./loops.ts";
import type { OpenSlot, Scope } from "./scope.ts";
import { constant, isNumber, shown, type Value } from "./types.ts";

export function checkFor(ctx: Context, scope: Scope, node: For, wanted: boolean): Value {
  const { span, counter } = node;
  const bound = (expression: Expression, what: string): Value => {
    const value = checkExpression(ctx, scope, expression);
    if (isNumber(value.type) || value.type === "unknown" || value.type === "na") return value;
    ctx.report(
      "script_type",
      { what, expected: "a number", found: shown(value.type) },
      expression.span,
    );
    return ctx.broken(expression.span);
  };
  const from = bound(node.from, "the start of for");
  const limit = ctx.version < 6 ? null : ctx.branch(() => bound(node.to, "the end of for"));
  const to = limit?.result ?? bound(node.to, "the end of for");
  const by = node.by === null ? null : bound(node.by, "the step of for");
  const ints = [from, to, ...(by === null ? [] : [by])].every(
    ({ type }) => type === "int" || type === "unknown",
  );
  const slot = ctx.slot(counter.text, ints ? "int" : "float");
  const moving = limit !== null && (limit.statements.length > 0 || mayMove(ctx, to.expr));
  if (limit !== null && !moving) for (const one of limit.statements) ctx.statements.push(one);
  const body = () => checkBody(ctx, scope, node.body, wanted, [[counter.text, counter, slot]]);
  if (moving) {
    return movingFor(ctx, span, wanted, slot, from, to, limit.statements, by, body);
  }
  return loop(ctx, span, wanted, body, (statements) => ({
    kind: "for",
    slot: slot.id,
    from: from.expr,
    to: to.expr,
    by: by?.expr ?? null,
    body: statements,
    span,
  }));
}

/** Whether the rounds of a loop could change the value: by assigning a variable, or an array. */
function mayMove(ctx: Context, expr: CoreExpr): boolean {
  for (const part of everyExpression(expr)) {
    if (part.kind === "local") {
      const { name } = ctx.slots[part.slot];
      if (ctx.assigned.has(name.slice(name.lastIndexOf(".") + 1))) return true;
    }
  }
  return stateful(expr);
}

/**
 * From version 6 on the end is computed before every round. Counted by a `for` without an end of its own that stops where the
 * end is passed; the direction stays that of the start.
 */
function movingFor(
  ctx: Context,
  span: Span,
  wanted: boolean,
  slot: OpenSlot,
  from: Value,
  to: Value,
  limit: CoreStatement[],
  by: Value | null,
  body: () => Value,
): Value {
  // The first end tells the direction; the statements that compute it are met again in each round.
  for (const statement of limit) ctx.statements.push(statement);
  const start = ctx.bind(from.expr, "from");
  const first = ctx.slot("to", to.type);
  ctx.set(first, to.expr, span);
  const up = ctx.slot("up", "bool");
  const op = (kind: "le" | "gt" | "lt", left: CoreExpr, right: CoreExpr): CoreExpr => ({
    kind: "binary",
    op: kind,
    left,
    right,
    eager: false,
    type: "bool",
    qualifier: "series",
    span,
  });
  ctx.set(up, op("le", start, ctx.local(first, span)), span);
  const far = (sign: number): CoreExpr => constant(sign * Number.MAX_SAFE_INTEGER, "int", span);
  const end: CoreExpr = {
    kind: "select",
    test: ctx.local(up, span),
    then: far(1),
    otherwise: far(-1),
    type: "int",
    qualifier: "series",
    span,
  };
  const guarded = (): Value => {
    for (const statement of limit) ctx.statements.push(statement);
    ctx.set(first, to.expr, span);
    const counter = ctx.local(slot, span);
    const passed: CoreExpr = {
      kind: "select",
      test: ctx.local(up, span),
      then: op("gt", counter, ctx.local(first, span)),
      otherwise: op("lt", counter, ctx.local(first, span)),
      type: "bool",
      qualifier: "series",
      span,
    };
    const stop: CoreStatement = { kind: "jump", to: "break", span };
    ctx.emit({ kind: "if", test: passed, then: [stop], otherwise: [], span });
    return body();
  };
  return loop(ctx, span, wanted, guarded, (statements) => ({
    kind: "for",
    slot: slot.id,
    from: start,
    to: end,
    by: by?.expr ?? null,
    body: statements,
    span,
  }));
}
