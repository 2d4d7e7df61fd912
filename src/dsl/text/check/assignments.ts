import type { Assignment, FieldAssignment } from "../ast.ts";
import type { CoreExpr } from "../core.ts";
import type { Context } from "./context.ts";
import { converted } from "./convert.ts";
import { checkExpression, foreignBase, readVariable } from "./expressions.ts";
import { fieldsOf, ownPath, setField } from "./objects.ts";
import { applied } from "./operators.ts";
import type { Scope, Variable } from "./scope.ts";
import { suggestVariable } from "./suggestions.ts";
import { isCoreType, isNumber, isObject, joined, shown, typed, type Value } from "./types.ts";

export function checkAssignment(ctx: Context, scope: Scope, node: Assignment): Value {
  const { name, span } = node;
  const variable = scope.variable(name.text);
  const naming = ctx.naming;
  ctx.naming = name.text;
  const right = checkExpression(ctx, scope, node.value);
  ctx.naming = naming;
  if (variable === undefined) {
    if (name.text.includes(".")) return assignField(ctx, scope, node, right);
    if (ctx.builtins.variable(name.text) !== undefined) {
      ctx.report("script_not_assignable", { name: name.text, what: "built_in" }, name);
    } else {
      suggestVariable(ctx, scope, name.text, name);
    }
    return ctx.broken(span);
  }
  const refused = variable.parameter ? "parameter" : variable.owner !== ctx.owner ? "global" : null;
  if (refused !== null) {
    ctx.report("script_not_assignable", { name: name.text, what: refused }, name);
    return ctx.broken(span);
  }
  const value =
    node.op === ":="
      ? right
      : applied(ctx, node.op[0] as "+", readVariable(ctx, variable, name), right, span);
  return assigned(ctx, variable, value, node);
}

function assigned(ctx: Context, variable: Variable, value: Value, node: Assignment): Value {
  const { slot } = variable;
  const { span } = node;
  if (value.type === "void") {
    ctx.report("script_no_value", { what: `what ${variable.name} is set to` }, node.value.span);
    return ctx.broken(span);
  }
  if (variable.type === "drawing") return variable.value ?? value;
  if (slot === null) return value.type === "unknown" ? value : (variable.value ?? value);
  let expr: CoreExpr | null = value.expr;
  if (value.type !== "unknown" && variable.type !== "unknown" && isCoreType(variable.type)) {
    expr = value.type === "drawing" ? null : converted(ctx, value, variable.type);
  }
  if (expr === null) {
    if (variable.type === "int" && isNumber(value.type) && ctx.version < 6 && divides(value.expr)) {
      // int / int of a series counts as int up to version 5, whatever it gives.
      expr = value.expr;
    } else {
      ctx.report(
        "script_type",
        {
          what: `what ${variable.name} is set to`,
          expected: shown(variable.type),
          found: shown(value.type),
        },
        node.value.span,
      );
      return ctx.broken(span);
    }
  }
  ctx.set(slot, expr, span);
  return readVariable(ctx, variable, span);
}

function divides(expr: CoreExpr): boolean {
  return expr.kind === "binary" && joined(expr.left.type, expr.right.type) === "int";
}

/** `points.get(0).x := 1`. */
export function assignFieldOf(ctx: Context, scope: Scope, node: FieldAssignment): Value {
  const { name, span } = node;
  const right = checkExpression(ctx, scope, node.value);
  const found = checkExpression(ctx, scope, node.source);
  const dot = name.text.lastIndexOf(".");
  const path = { ...name, text: name.text.slice(0, dot), end: name.start + dot };
  const object = dot < 0 ? found : fieldsOf(ctx, found, path);
  if (object.type === "unknown" || object.type === "drawing") return object;
  const last = dot < 0 ? name : { ...name, text: name.text.slice(dot + 1), start: path.end + 1 };
  return setField(ctx, typed(ctx.bind(object.expr, "object")), last, node.op, right, span);
}

/** `point.x := 1` on a value of a user type. */
function assignField(ctx: Context, scope: Scope, node: Assignment, right: Value): Value {
  const { text, start, end } = node.name;
  const dot = text.lastIndexOf(".");
  const object = ownPath(ctx, scope, text.slice(0, dot), { start, end });
  if (object !== undefined && isObject(object.type)) {
    const at = { text: text.slice(dot + 1), start: start + dot + 1, end };
    return setField(ctx, typed(ctx.bind(object.expr, "object")), at, node.op, right, node.span);
  }
  const base = foreignBase(ctx, scope, text, node.span);
  if (base !== undefined) return base;
  ctx.report("script_not_assignable", { name: node.name.text, what: "field" }, node.name);
  return right.type === "unknown" ? right : ctx.broken(node.span);
}
