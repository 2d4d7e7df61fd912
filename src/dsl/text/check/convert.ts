import type { Span } from "../ast.ts";
import type { CoreExpr, CoreType } from "../core.ts";
import type { Context } from "./context.ts";
import { constant, isNumber, naOf, shown, typed, type Value } from "./types.ts";

/**
 * A value as another type, by the rules of the version, or null. na becomes what is needed, int is taken for float; before
 * version 6 numbers are taken for conditions, up to version 3 conditions for numbers.
 */
export function converted(ctx: Context, value: Value, to: CoreType): CoreExpr | null {
  const { type, expr } = value;
  const { span } = expr;
  if (type === to || type === "unknown") return expr;
  if (type === "na") return naOf(to, span);
  if (to === "float" && type === "int") return expr;
  if (to === "bool" && isNumber(type) && ctx.version < 6) {
    if (expr.kind === "const")
      return constant(Boolean(expr.value) && !Number.isNaN(expr.value), "bool", span);
    ctx.count(span);
    return {
      kind: "math",
      fn: "bool",
      args: [expr],
      type: "bool",
      qualifier: expr.qualifier,
      span,
    };
  }
  if (isNumber(to) && type === "bool" && ctx.version <= 3) {
    if (expr.kind === "const") return constant(expr.value === true ? 1 : 0, "int", span);
    ctx.count(span, 3);
    return {
      kind: "select",
      test: expr,
      then: constant(1, "int", span),
      otherwise: constant(0, "int", span),
      type: "int",
      qualifier: expr.qualifier,
      span,
    };
  }
  // na as a colour and a colour's number are the same thing at run time.
  return to === "color" && type === "drawing" ? expr : null;
}

/** A condition: bool, or a number before version 6. Reports what is neither. */
export function condition(ctx: Context, value: Value, span: Span): Value {
  const expr = value.type === "drawing" ? null : converted(ctx, value, "bool");
  if (expr !== null) return value.type === "unknown" ? value : typed(expr);
  if (value.type === "tuple") {
    ctx.report("script_tuple", { expected: 1, found: value.items?.length ?? 0 }, span);
  } else if (isNumber(value.type)) {
    ctx.report("script_number_as_bool", { found: value.type }, span);
  } else {
    ctx.report(
      "script_type",
      { what: "a condition", expected: "bool", found: shown(value.type) },
      span,
    );
  }
  return ctx.broken(span);
}
