import type { Call } from "../ast.ts";
import { type ConstantArgument, settingProblems, strategySettings } from "../builtins/index.ts";
import type { Signature } from "../builtins/signature.ts";
import type { Context } from "./context.ts";
import type { Value } from "./types.ts";

/** `strategy(…)`, `indicator(…)`, `library(…)`: once. */
export function declareScript(
  ctx: Context,
  kind: "strategy" | "indicator" | "library",
  node: Call,
): boolean {
  if (ctx.declared !== null) {
    if (ctx.declared.span.start !== node.span.start) {
      const line = ctx.line(ctx.declared.span);
      ctx.report("script_declaration_twice", { name: node.callee.text, line }, node.callee);
    }
    return false;
  }
  ctx.declared = { kind, span: node.span };
  return true;
}

export function checkSettings(
  ctx: Context,
  node: Call,
  { params }: Signature,
  values: readonly (readonly Value[])[],
): Value {
  const nothing: Value = { ...ctx.broken(node.span), type: "void" };
  if (!declareScript(ctx, "strategy", node)) return nothing;
  const constants: Record<string, ConstantArgument | undefined> = {};
  params.forEach((param, i) => {
    const expr = values[i][0]?.expr;
    if (expr?.kind === "const") constants[param.name] = expr.value;
  });
  for (const { param, choices } of settingProblems(constants)) {
    const expected = choices.length > 0 ? `one of ${choices.join(", ")}` : "at least 0";
    const at = params.findIndex(({ name }) => name === param);
    ctx.report("script_settings", { argument: param, expected }, values[at][0].expr.span);
  }
  if (constants["calc_on_order_fills"] === true) {
    const at = params.findIndex(({ name }) => name === "calc_on_order_fills");
    ctx.report("script_order_fills", {}, values[at][0].expr.span);
  }
  ctx.settings = strategySettings(constants, ctx.version);
  return nothing;
}
