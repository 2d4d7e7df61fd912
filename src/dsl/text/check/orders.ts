import type { Call, Span } from "../ast.ts";
import { languageRules } from "../builtins/index.ts";
import type { Signature } from "../builtins/signature.ts";
import type { CoreExpr, CoreStatement, OrderCall } from "../core.ts";
import type { Context } from "./context.ts";
import { stateful } from "./core-walk.ts";
import { constant, type Value } from "./types.ts";

type Exit = Extract<OrderCall, { call: "exit" }>;

/** What an order takes to the broker; the rest of its arguments is for alerts and the look of the chart. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  entry: ["id", "direction", "qty", "limit", "stop", "oca_name", "oca_type", "comment"],
  order: ["id", "direction", "qty", "limit", "stop", "oca_name", "oca_type", "comment"],
  exit: [
    "id",
    "from_entry",
    "qty",
    "qty_percent",
    "profit",
    "limit",
    "loss",
    "stop",
    "trail_price",
    "trail_points",
    "trail_offset",
    "oca_name",
    "comment",
  ],
  close: ["id", "qty", "qty_percent", "immediately", "comment"],
  close_all: ["immediately", "comment"],
  cancel: ["id"],
  cancel_all: [],
};

/** A call of `strategy.*`; `when=` becomes an `if` around it. */
export function checkOrder(
  ctx: Context,
  node: Call,
  signature: Signature,
  call: string,
  values: readonly (readonly Value[])[],
): Value {
  const { span } = node;
  const nothing: Value = { ...ctx.broken(span), type: "void" };
  if (!ctx.frame.chart) {
    ctx.report("script_security_place", { what: node.callee.text }, node.callee);
    return nothing;
  }
  if (ctx.declared !== null && ctx.declared.kind !== "strategy") {
    ctx.report("script_indicator_order", { name: node.callee.text }, node.callee);
    return nothing;
  }
  const given = new Map(signature.params.map(({ name }, i) => [name, values[i][0]?.expr]));
  if (given.get("when") !== undefined) computeAlways(ctx, given);
  const read = call === "risk" ? risk(node, signature, values) : filled(call, given, span);
  const order = read.call === "exit" ? settled(ctx, read, span) : read;
  const statement: CoreStatement = { kind: "order", order, span };
  const when = given.get("when");
  if (when?.kind === "const" && when.value === false) return nothing;
  if (when === undefined || when.kind === "const") ctx.emit(statement);
  else ctx.emit({ kind: "if", test: when, then: [statement], otherwise: [], span });
  return nothing;
}

/** Arguments are computed whether `when` lets the order through or not: what remembers earlier bars goes on. */
function computeAlways(ctx: Context, given: Map<string, CoreExpr | undefined>): void {
  for (const [name, expr] of given) {
    if (name !== "when" && expr !== undefined && stateful(expr))
      given.set(name, ctx.bind(expr, name));
  }
}

function filled(
  call: string,
  given: ReadonlyMap<string, CoreExpr | undefined>,
  span: Span,
): OrderCall {
  const fields: Record<string, CoreExpr> = {};
  for (const field of FIELDS[call]) {
    const expr = given.get(field);
    if (expr === undefined || absent(expr)) continue;
    fields[field] = field === "direction" ? signed(expr, span) : expr;
  }
  return { call, ...fields } as OrderCall;
}

/** What an exit may be given twice, as a price and as ticks from the entry. */
const TWICE = [
  ["limit", "profit"],
  ["stop", "loss"],
  ["trail_price", "trail_points"],
] as const;

/** Before version 6 ticks count only where there is no price; since then the nearer of the two does, as the broker has it. */
function settled(ctx: Context, order: Exit, span: Span): Exit {
  if (languageRules(ctx.version).exitTakesNearer) return order;
  const fields: { -readonly [K in keyof Exit]: Exit[K] } = { ...order };
  for (const [price, ticks] of TWICE) {
    const [level, distance] = [order[price], order[ticks]];
    if (level === undefined || distance === undefined) continue;
    if (level.kind === "const") delete fields[ticks];
    else {
      const bound = ctx.bind(level, price);
      fields[price] = bound;
      fields[ticks] = unless(bound, distance, span);
    }
  }
  return fields;
}

/** `value` where there is no `level`. */
function unless(level: CoreExpr, value: CoreExpr, span: Span): CoreExpr {
  return {
    kind: "select",
    test: { kind: "math", fn: "na", args: [level], type: "bool", qualifier: "series", span },
    then: value,
    otherwise: constant(Number.NaN, "float", span),
    type: "float",
    qualifier: "series",
    span,
  };
}

/** A number that is na is one that is left out. */
const absent = (expr: CoreExpr) =>
  expr.kind === "const" && typeof expr.value === "number" && Number.isNaN(expr.value);

/** Up to version 4 true is long; the broker takes 1 and -1. */
function signed(direction: CoreExpr, span: Span): CoreExpr {
  if (direction.type !== "bool") return direction;
  if (direction.kind === "const") return constant(direction.value === true ? 1 : -1, "int", span);
  return {
    kind: "select",
    test: direction,
    then: constant(1, "int", span),
    otherwise: constant(-1, "int", span),
    type: "int",
    qualifier: direction.qualifier,
    span,
  };
}

function risk(
  node: Call,
  { name, params }: Signature,
  values: readonly (readonly Value[])[],
): OrderCall {
  const rule = name.slice(name.lastIndexOf(".") + 1) as Extract<
    OrderCall,
    { call: "risk" }
  >["rule"];
  const args = params.flatMap((param, i) =>
    param.name === "alert_message" || values[i].length === 0 ? [] : [values[i][0].expr],
  );
  return {
    call: "risk",
    rule,
    args: args.map((arg) => arg ?? constant(Number.NaN, "float", node.span)),
  };
}
