import type { History } from "../ast.ts";
import { type CoreExpr, type FieldExpr, type LocalExpr, MAX_HISTORY } from "../core.ts";
import type { Context } from "./context.ts";
import { checkExpression, sharedVariable } from "./expressions.ts";
import type { Scope } from "./scope.ts";
import { isArray, isCoreType, isMap, isNumber, naOf, shown, typed, type Value } from "./types.ts";

/** `x[n]`. What is neither a variable nor a field of the bars gets a slot, set wherever its place is reached. */
export function checkHistory(ctx: Context, scope: Scope, node: History): Value {
  const source = checkExpression(ctx, scope, node.source);
  const offset = checkExpression(ctx, scope, node.offset);
  const { span } = node;
  if (source.type === "unknown") return source;
  if (offset.type === "unknown") return offset;
  if (source.type === "na") return typed(naOf("float", span));
  if (!isCoreType(source.type) || isArray(source.type) || isMap(source.type)) {
    if (source.type === "drawing") return source;
    if (source.type === "void")
      ctx.report("script_no_value", { what: "the source of [ ]" }, node.source.span);
    else
      ctx.report(
        "script_history_of",
        {
          found:
            source.type === "tuple"
              ? "a tuple"
              : `${isArray(source.type) ? "an" : "a"} ${shown(source.type)}`,
        },
        node.source.span,
      );
    return ctx.broken(span);
  }
  if (!isNumber(offset.type)) {
    if (offset.type === "na") return typed(naOf(source.type, span));
    const found = shown(offset.type);
    ctx.report("script_type", { what: "an offset", expected: "int", found }, node.offset.span);
    return ctx.broken(span);
  }
  return past(ctx, scope, node, source, whole(ctx, offset));
}

/** An offset with a fraction is cut: `x[len / 2]`. */
function whole(ctx: Context, { type, expr }: Value): CoreExpr {
  if (type === "int") return expr;
  const { span, qualifier } = expr;
  if (expr.kind === "const")
    return { ...expr, value: Math.trunc(expr.value as number), type: "int" };
  ctx.count(span);
  return { kind: "math", fn: "int", args: [expr], type: "int", qualifier, span };
}

function past(ctx: Context, scope: Scope, node: History, source: Value, offset: CoreExpr): Value {
  const { span } = node;
  let depth: number | null = null;
  if (offset.kind === "const") {
    depth = offset.value as number;
    if (Number.isNaN(depth)) return typed(naOf(source.expr.type, span));
    if (depth < 0) {
      ctx.report("script_history_future", { offset: depth }, node.offset.span);
      return ctx.broken(span);
    }
    if (depth > MAX_HISTORY) {
      ctx.report("script_history_far", { offset: depth, limit: MAX_HISTORY }, node.offset.span);
      return ctx.broken(span);
    }
    if (depth === 0) return source;
  }
  const of = place(ctx, scope, node, source.expr);
  ctx.count(span);
  return typed({ kind: "past", of, offset, type: of.type, qualifier: "series", span });
}

function place(ctx: Context, scope: Scope, node: History, expr: CoreExpr): LocalExpr | FieldExpr {
  if (expr.kind === "local" || expr.kind === "field") return expr;
  if (node.source.kind === "identifier") {
    const { name } = node.source;
    if (scope.variable(name) === undefined) return sharedVariable(ctx, name, expr);
  }
  return ctx.bind(expr, "past");
}
