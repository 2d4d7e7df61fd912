import type { Call, Span } from "../ast.ts";
import type { Signature, SignatureType } from "../builtins/signature.ts";
import type { CoreExpr, CoreType } from "../core.ts";
import type { Context } from "./context.ts";
import { constant, typed, type Value } from "./types.ts";

/** One expression per output. Several share the state, so what they read is computed once, before. */
export function indicatorCall(
  ctx: Context,
  node: Call,
  signature: Signature,
  args: readonly (CoreExpr | undefined)[],
): Value {
  const { means, params, returns } = signature;
  const { span } = node;
  if (means.to !== "indicator") throw new Error("not an indicator");
  const several = Array.isArray(returns);
  const byName = (name: string) =>
    args[params.findIndex((param) => param.name === name)] ?? constant(Number.NaN, "float", span);
  const sources = means.sources.map((source): CoreExpr => {
    if ("param" in source) {
      const expr = byName(source.param);
      return several && LEAVES.has(expr.kind) === false ? ctx.bind(expr, source.param) : expr;
    }
    if (source.field === "hlc3") return hlc3(ctx, span);
    const type = source.field === "time" ? "int" : "float";
    return { kind: "field", field: source.field, type, qualifier: "series", span };
  });
  const numbers = means.params.map((param) =>
    typeof param === "number"
      ? constant(param, Number.isInteger(param) ? "int" : "float", span)
      : byName(param),
  );
  const site = ctx.nextSite();
  const types = (several ? returns : [returns]) as readonly SignatureType[];
  const outputs = types.map((type, i): Value => {
    const output: CoreType = type === "same" ? (args[0]?.type ?? "float") : (type as CoreType);
    return typed({
      kind: "indicator",
      name: means.name,
      output: means.outputs[i],
      sources,
      params: numbers,
      site,
      type: output,
      qualifier: "series",
      span,
    });
  });
  return several ? { ...ctx.broken(span), type: "tuple", items: outputs } : outputs[0];
}

const LEAVES = new Set<CoreExpr["kind"]>(["const", "input", "field", "local"]);

function hlc3(ctx: Context, span: Span): CoreExpr {
  const known = ctx.builtins.variable("hlc3");
  if (known?.value.to === "expression") return known.value.make(ctx.makeScope(span, "hlc3"));
  throw new Error("the table of built-ins has no hlc3");
}
