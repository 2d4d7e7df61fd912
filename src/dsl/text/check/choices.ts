import type { Span, Ternary } from "../ast.ts";
import type { CoreExpr, CoreStatement, CoreType } from "../core.ts";
import type { Context } from "./context.ts";
import { condition, converted } from "./convert.ts";
import { checkExpression } from "./expressions.ts";
import type { Scope } from "./scope.ts";
import { isCoreType, isNumber, joined, latest, shown, type Value } from "./types.ts";

/** Only the branch taken is computed, in every version. */
export function checkTernary(ctx: Context, scope: Scope, node: Ternary): Value {
  const test = condition(ctx, checkExpression(ctx, scope, node.test), node.test.span);
  const then = ctx.branch(() => checkExpression(ctx, scope, node.then));
  const otherwise = ctx.branch(() => checkExpression(ctx, scope, node.otherwise));
  return choice(ctx, "?:", test, then, otherwise, node.span);
}

/** Under exact even conditions that are constant stay, as in rule documents. */
export function keptConstant(ctx: Context, test: CoreExpr): boolean {
  return ctx.exact && test.kind === "const" && test.folded !== undefined;
}

export interface Branch {
  readonly result: Value;
  readonly statements: CoreStatement[];
}

/** The value of `test ? then : otherwise`; an `if` and slots where a branch brings statements of its own. */
export function choice(
  ctx: Context,
  construct: string,
  test: Value,
  then: Branch,
  otherwise: Branch,
  span: Span,
): Value {
  if (test.expr.kind === "const" && test.type === "bool" && !keptConstant(ctx, test.expr)) {
    const taken = test.expr.value === true ? then : otherwise;
    const type = choiceType(ctx, construct, then.result, otherwise.result, span);
    for (const statement of taken.statements) ctx.statements.push(statement);
    return type === null ? ctx.broken(span) : shaped(ctx, taken.result, type, span);
  }
  const type = choiceType(ctx, construct, then.result, otherwise.result, span);
  if (type === null || type.type === "unknown") {
    const parts = [test, then.result, otherwise.result];
    const known = parts.every((value) => value.type !== "unknown");
    if (then.statements.length > 0 || otherwise.statements.length > 0)
      branchOff(ctx, test, then, otherwise, span);
    return known ? ctx.broken(span) : ctx.unknowns.joined(parts, span);
  }
  if (isTruth(test, then, otherwise)) return test;
  const items = type.items ?? [type];
  const pure = then.statements.length === 0 && otherwise.statements.length === 0;
  const results = items.map((item, i): Value => {
    const a = itemOf(then.result, i, type.items !== undefined);
    const b = itemOf(otherwise.result, i, type.items !== undefined);
    if (item.type === "unknown") return a.type === "unknown" ? a : b;
    if (item.type === "drawing" || item.type === "na")
      return { type: item.type, expr: a.type === item.type ? a.expr : b.expr };
    const left = converted(ctx, a, item.type as CoreType) ?? a.expr;
    const right = converted(ctx, b, item.type as CoreType) ?? b.expr;
    if (pure && (type.items === undefined || plain(test.expr))) {
      if (test.type === "unknown") return test;
      ctx.count(span);
      return {
        type: item.type,
        expr: {
          kind: "select",
          test: test.expr,
          then: left,
          otherwise: right,
          type: item.type as CoreType,
          qualifier: latest([test.expr, left, right]),
          span,
        },
      };
    }
    const slot = ctx.slot(construct === "?:" ? "choice" : construct, item.type);
    then.statements.push({ kind: "set", slot: slot.id, value: left, once: false, span });
    otherwise.statements.push({ kind: "set", slot: slot.id, value: right, once: false, span });
    return { type: item.type, expr: ctx.local(slot, span) };
  });
  branchOff(ctx, test, then, otherwise, span);
  return type.items === undefined
    ? results[0]
    : { ...ctx.broken(span), type: "tuple", items: results };
}

/** `c ? true : false` is c. */
const isTruth = (test: Value, then: Branch, otherwise: Branch): boolean =>
  test.type === "bool" && isConstant(then, true) && isConstant(otherwise, false);

const isConstant = ({ result, statements }: Branch, value: boolean): boolean =>
  statements.length === 0 &&
  result.type === "bool" &&
  result.expr.kind === "const" &&
  result.expr.value === value;

const plain = (expr: CoreExpr) =>
  expr.kind === "local" || expr.kind === "const" || expr.kind === "input";

export function branchOff(
  ctx: Context,
  test: Value,
  then: Branch,
  otherwise: Branch,
  span: Span,
): void {
  if (then.statements.length === 0 && otherwise.statements.length === 0) return;
  ctx.emit({
    kind: "if",
    test: test.expr,
    then: then.statements,
    otherwise: otherwise.statements,
    span,
  });
}

const itemOf = (value: Value, i: number, tuple: boolean): Value =>
  tuple ? (value.items?.[i] ?? value) : value;

/** The type that both branches have, as a value without content; null where there is none. */
function choiceType(ctx: Context, construct: string, a: Value, b: Value, span: Span): Value | null {
  if (a.type === "unknown" || b.type === "unknown") return a.type === "unknown" ? a : b;
  if (a.type === "tuple" || b.type === "tuple") {
    const [first, second] = a.type === "tuple" ? [a, b] : [b, a];
    const items = first.items ?? [];
    // Without else a tuple's items are na.
    if (second.type !== "na" && second.items?.length !== items.length) {
      ctx.report(
        "script_tuple",
        { expected: items.length, found: second.items?.length ?? 1 },
        span,
      );
      return null;
    }
    const types = items.map((item, i) =>
      second.type === "na" ? item : choiceType(ctx, construct, item, second.items![i], span),
    );
    return types.includes(null) ? null : { ...a, type: "tuple", items: types as Value[] };
  }
  const type =
    a.type === "void" || b.type === "void" ? null : (joined(a.type, b.type) ?? lenient(ctx, a, b));
  if (type === null) {
    const what = construct === "?:" ? "?:" : construct;
    if (a.type === "void" || b.type === "void")
      ctx.report("script_no_value", { what: `a branch of ${what}` }, span);
    else
      ctx.report(
        "script_branches",
        { construct: what, first: shown(a.type), second: shown(b.type) },
        span,
      );
    return null;
  }
  return { type, expr: a.expr };
}

/** Up to version 3 conditions are numbers. */
function lenient(ctx: Context, a: Value, b: Value): "float" | null {
  const mixed = (a.type === "bool" && isNumber(b.type)) || (b.type === "bool" && isNumber(a.type));
  return mixed && ctx.version <= 3 ? "float" : null;
}

function shaped(ctx: Context, value: Value, type: Value, span: Span): Value {
  if (type.type === "tuple" || !isCoreType(type.type)) return value;
  const expr = converted(ctx, value, type.type);
  return expr === null ? ctx.broken(span) : { type: type.type, expr };
}
