import type { Block, Span, While } from "../ast.ts";
import type { CoreStatement } from "../core.ts";
import { checkBlock } from "./blocks.ts";
import type { Context } from "./context.ts";
import { condition } from "./convert.ts";
import { declare } from "./declarations.ts";
import { checkExpression } from "./expressions.ts";
import { type OpenSlot, Scope } from "./scope.ts";
import { checkStatements } from "./statements.ts";
import { constant, isCoreType, naOf, type Value } from "./types.ts";

export function loop(
  ctx: Context,
  span: Span,
  wanted: boolean,
  body: () => Value,
  make: (statements: CoreStatement[]) => CoreStatement,
): Value {
  ctx.loops++;
  const { result, statements } = ctx.branch(body);
  ctx.loops--;
  const value = wanted
    ? outcome(ctx, result, statements, span)
    : { ...ctx.broken(span), type: "void" as const };
  ctx.emit(make(statements));
  return value;
}

function outcome(ctx: Context, result: Value, statements: CoreStatement[], span: Span): Value {
  if (result.items !== undefined) {
    const items = result.items.map((item) => outcome(ctx, item, statements, span));
    return { ...ctx.broken(span), type: "tuple", items };
  }
  if (result.type !== "na" && !isCoreType(result.type)) return result;
  const slot = ctx.slot("loop", result.type);
  ctx.set(slot, naOf(slot.type, span), span);
  statements.push({ kind: "set", slot: slot.id, value: result.expr, once: false, span });
  return { type: result.type, expr: ctx.local(slot, span) };
}

export type LoopName = readonly [name: string, span: Span, slot: OpenSlot];

/** The body of a loop. What it assigns of the loop's own variables is a copy, so that counting goes on undisturbed. */
export function checkBody(
  ctx: Context,
  scope: Scope,
  block: Block,
  wanted: boolean,
  names: readonly LoopName[],
): Value {
  const inner = new Scope(scope);
  for (const [name, span, slot] of names) {
    let own = slot;
    if (ctx.assigned.has(name)) {
      own = ctx.slot(name, slot.type);
      ctx.set(own, ctx.local(slot, span), span);
    }
    declare(ctx, inner, { name, span, type: own.type, slot: own, mutable: true });
  }
  return checkStatements(ctx, new Scope(inner), block.statements, wanted);
}

/** A test that needs statements is computed inside the loop, and left from there. */
export function checkWhile(ctx: Context, scope: Scope, node: While, wanted: boolean): Value {
  const { span } = node;
  ctx.loops++;
  const test = ctx.branch(() =>
    condition(ctx, checkExpression(ctx, scope, node.test), node.test.span),
  );
  ctx.loops--;
  const simple = test.statements.length === 0;
  return loop(
    ctx,
    span,
    wanted,
    () => {
      if (!simple) {
        for (const statement of test.statements) ctx.statements.push(statement);
        const leave: CoreStatement = { kind: "jump", to: "break", span };
        ctx.emit({ kind: "if", test: test.result.expr, then: [], otherwise: [leave], span });
      }
      return checkBlock(ctx, scope, node.body, wanted);
    },
    (body) => ({
      kind: "while",
      test: simple ? test.result.expr : constant(true, "bool", span),
      body,
      span,
    }),
  );
}
