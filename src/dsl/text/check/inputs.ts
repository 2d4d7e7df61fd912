import type { Call } from "../ast.ts";
import { type ConstantArgument, inputSpec } from "../builtins/index.ts";
import type { Signature } from "../builtins/signature.ts";
import type { CoreExpr } from "../core.ts";
import type { Given } from "./arguments.ts";
import { given } from "./calls.ts";
import type { Context } from "./context.ts";
import { overload } from "./overloads.ts";
import type { Scope } from "./scope.ts";
import { isNumber, type Value } from "./types.ts";

/** An input: a parameter of the script, named by the variable that it is assigned to. */
export function checkInput(
  ctx: Context,
  scope: Scope,
  node: Call,
  signatures: readonly Signature[],
): Value {
  const known = ctx.inputs.get(node.span.start);
  if (known !== undefined) return { type: known.expr.type, expr: known.expr };
  const args = given(ctx, scope, node);
  const chosen = overload(ctx, node, signatures, args);
  if (chosen === null) return ctx.broken(node.span);
  const { signature, values } = chosen;
  const { params, means } = signature;
  const broken = args.find(({ value }) => value.type === "unknown");
  if (broken !== undefined) return broken.value;
  const at = params.findIndex(({ name }) => name === "defval");
  const [first] = values[at] ?? [];
  if (first === undefined || means.to !== "input") return ctx.broken(node.span);
  if (ctx.placeholders.has(first.expr)) return first;
  const constants: Record<string, ConstantArgument | undefined> = {};
  params.forEach((param, i) => {
    const [value] = values[i];
    if (value !== undefined) constants[param.name] = constantOf(value);
  });
  const source = sourceName(ctx, scope, args, params[at]);
  if (source !== null) constants.defval = source;
  const defval = source !== null ? "source" : kindOf(first);
  if (defval === null || constants.defval === undefined) {
    ctx.report("script_input_default", {}, node.span);
    return ctx.broken(node.span);
  }
  const name = freeName(ctx, typeof constants.title === "string" ? constants.title : null);
  const { span } = node;
  const spec = inputSpec({ name, type: means.type, defval, args: constants, span });
  const expr: CoreExpr = {
    kind: "input",
    name,
    type: spec.type === "source" ? "float" : spec.type,
    qualifier: spec.type === "source" ? "series" : "input",
    span,
  };
  ctx.inputs.set(span.start, { spec, expr });
  return { type: expr.type, expr };
}

function constantOf(value: Value): ConstantArgument | undefined {
  if (value.items !== undefined) {
    const items = value.items.map(constantOf);
    return items.some((item) => item === undefined) ? undefined : (items as string[]);
  }
  return value.expr.kind === "const" ? value.expr.value : undefined;
}

function kindOf({ type }: Value) {
  if (isNumber(type) || type === "bool" || type === "text" || type === "color") return type;
  return null;
}

/** A series as default makes the input a choice of series. */
function sourceName(
  ctx: Context,
  scope: Scope,
  args: readonly Given<Value>[],
  param: { readonly name: string; readonly aliases?: readonly string[] },
): string | null {
  const names = [param.name, ...(param.aliases ?? [])];
  const one =
    args.find(({ argument }) => argument.name !== null && names.includes(argument.name.text)) ??
    args.find(({ argument }) => argument.name === null);
  const node = one?.argument.value;
  if (node?.kind !== "identifier" || scope.variable(node.name) !== undefined) return null;
  const known = ctx.builtins.variable(node.name);
  return known !== undefined && known.qualifier === "series" && known.type === "float"
    ? known.name
    : null;
}

function freeName(ctx: Context, title: string | null): string {
  const fromTitle = (title ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const nested = ctx.nested > 0 || ctx.naming === null;
  const usable = /^[a-z]/.test(fromTitle) ? fromTitle : null;
  const wanted = (nested ? (usable ?? ctx.naming) : ctx.naming) ?? "input";
  let name = wanted;
  for (let i = 2; ctx.inputNames.has(name); i++) name = `${wanted}_${i}`;
  ctx.inputNames.add(name);
  return name;
}
