import type { Call } from "../ast.ts";
import type { Meaning } from "../builtins/signature.ts";
import type { CoreExpr } from "../core.ts";
import { given } from "./calls.ts";
import type { Context } from "./context.ts";
import type { Scope } from "./scope.ts";
import { typed, type Value } from "./types.ts";

export type Form = Extract<Meaning, { to: "security" }>["form"];

const HEIKINASHI = "heikinashi";
export const ADVICE =
  "only the bars of the chart's own symbol are read: syminfo.tickerid, or ticker.heikinashi of it";

/** A ticker of the chart's symbol; `ticker.standard` gives it back. */
export function checkTicker(ctx: Context, scope: Scope, node: Call, form: Form): Value {
  const { span } = node;
  const [first, second] = given(ctx, scope, node);
  if (first === undefined || first.value.type === "unknown")
    return first?.value ?? ctx.broken(span);
  const { expr } = first.value;
  const own = first.value.type === "text" && isChart(expr);
  if (own && form === "heikinashi") {
    return typed({ kind: "chart", field: HEIKINASHI, type: "text", qualifier: "simple", span });
  }
  const standard = node.callee.text.endsWith("standard") && (own || isHeikinashi(expr));
  const made = /^(ticker\.new|tickerid)$/.test(node.callee.text);
  if (standard || (made && isField(expr, "prefix") && isField(second?.value.expr, "ticker"))) {
    return typed({
      kind: "chart",
      field: "syminfo.tickerid",
      type: "text",
      qualifier: "simple",
      span,
    });
  }
  return ctx.unsupported(node.callee.text, ADVICE, span);
}

const isField = (expr: CoreExpr | undefined, name: string) =>
  expr?.kind === "chart" && expr.field === `syminfo.${name}`;
export const isHeikinashi = (expr: CoreExpr) => expr.kind === "chart" && expr.field === HEIKINASHI;

/** The chart's symbol: `syminfo.tickerid`, `""`, an input that is empty, or the symbol put together by hand. */
export function isChart(expr: CoreExpr): boolean {
  if (expr.kind === "chart") return /^syminfo\.(tickerid|ticker)$/.test(expr.field);
  if (expr.kind === "const") return expr.value === "";
  if (expr.kind === "binary" && expr.op === "concat") {
    return parts(expr).every(
      (part) =>
        (part.kind === "chart" && /^syminfo\.(prefix|ticker)$/.test(part.field)) ||
        (part.kind === "const" && part.value === ":"),
    );
  }
  return false;
}

function parts(expr: CoreExpr): readonly CoreExpr[] {
  return expr.kind === "binary" && expr.op === "concat"
    ? [...parts(expr.left), ...parts(expr.right)]
    : [expr];
}

/** An empty default is the chart's symbol. */
export function isChartInput(ctx: Context, expr: CoreExpr): boolean {
  if (expr.kind !== "input") return false;
  for (const { spec } of ctx.inputs.values())
    if (spec.name === expr.name) return spec.standard === "";
  return false;
}
