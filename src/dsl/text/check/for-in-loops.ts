import type { ForIn, Name } from "../ast.ts";
import type { CoreExpr, CoreType, Item, Scalar } from "../core.ts";
import type { Context } from "./context.ts";
import { declare } from "./declarations.ts";
import { checkExpression } from "./expressions.ts";
import { checkBody, type LoopName, loop } from "./loops.ts";
import { Scope } from "./scope.ts";
import { checkStatements } from "./statements.ts";
import { isArray, isMap, itemType, keyType, shown, type Value } from "./types.ts";

export function checkForIn(ctx: Context, scope: Scope, node: ForIn, wanted: boolean): Value {
  const { span } = node;
  const array = checkExpression(ctx, scope, node.array);
  const { type } = array;
  if (isMap(type) && node.index !== null)
    return throughMap(ctx, scope, { ...node, index: node.index }, array, wanted);
  if (!isArray(type)) {
    if (type !== "unknown" && type !== "drawing")
      ctx.report(
        "script_type",
        { what: "what for … in goes through", expected: "an array", found: shown(type) },
        node.array.span,
      );
    return overUnknown(
      ctx,
      scope,
      node,
      type === "drawing" || type === "unknown" ? array : ctx.broken(span),
      wanted,
    );
  }
  const item = ctx.slot(node.item.text, itemType(type));
  const index = node.index === null ? null : ctx.slot(node.index.text, "int");
  const names: LoopName[] = [[node.item.text, node.item, item]];
  if (node.index !== null && index !== null) names.push([node.index.text, node.index, index]);
  const from = ctx.bind(array.expr, "array");
  return loop(
    ctx,
    span,
    wanted,
    () => checkBody(ctx, scope, node.body, wanted, names),
    (body) => ({
      kind: "for_in",
      index: index?.id ?? null,
      slot: item.id,
      array: from,
      body,
      span,
    }),
  );
}

/** The keys as they are before the first round; what a round changes is seen by those behind it. */
function throughMap(
  ctx: Context,
  scope: Scope,
  { item, index, body, span }: ForIn & { readonly index: Name },
  map: Value,
  wanted: boolean,
): Value {
  const type = map.type as `map<${Scalar},${Item}>`;
  const of = (fn: string, args: readonly CoreExpr[], type: CoreType): CoreExpr => ({
    kind: "array",
    fn,
    args,
    type,
    qualifier: "series",
    span,
  });
  const from = ctx.bind(map.expr, "map");
  const keys = ctx.bind(of("map.keys", [from], `array<${keyType(type)}>`), "keys");
  const key = ctx.slot(index.text, keyType(type));
  const value = ctx.slot(item.text, itemType(type));
  const names: LoopName[] = [
    [index.text, index, key],
    [item.text, item, value],
  ];
  return loop(
    ctx,
    span,
    wanted,
    () => {
      ctx.set(value, of("map.get", [from, ctx.local(key, index)], itemType(type)), item);
      return checkBody(ctx, scope, body, wanted, names);
    },
    (statements) => ({
      kind: "for_in",
      index: null,
      slot: key.id,
      array: keys,
      body: statements,
      span,
    }),
  );
}

/** Through drawings, or what is broken: its statements hang on a value that nothing can have. */
function overUnknown(
  ctx: Context,
  scope: Scope,
  node: ForIn,
  array: Value,
  wanted: boolean,
): Value {
  const inner = new Scope(scope);
  const one = { type: array.type, expr: array.expr };
  declare(ctx, inner, { name: node.item.text, span: node.item, type: array.type, value: one });
  if (node.index !== null) {
    const index = { type: "unknown" as const, expr: array.expr };
    declare(ctx, inner, { name: node.index.text, span: node.index, type: "unknown", value: index });
  }
  loop(
    ctx,
    node.span,
    false,
    () => checkStatements(ctx, new Scope(inner), node.body.statements, false),
    (body) => ({ kind: "while", test: array.expr, body, span: node.span }),
  );
  return wanted ? { type: "unknown", expr: array.expr } : { ...array, type: "void" };
}
