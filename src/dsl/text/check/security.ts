import type { Argument, Call } from "../ast.ts";
import { languageRules } from "../builtins/index.ts";
import type { Signature } from "../builtins/signature.ts";
import { type CoreExpr, type CoreStatement, isReference } from "../core.ts";
import { as, isMisfit, placed, reason } from "./arguments.ts";
import { type Context, newFrame } from "./context.ts";
import { checkExpression, misplaced } from "./expressions.ts";
import { knownAtOpen } from "./known-at-open.ts";
import type { Scope } from "./scope.ts";
import { ADVICE, checkTicker, type Form, isChart, isChartInput, isHeikinashi } from "./tickers.ts";
import { isCoreType, latest, shown, typed, type Value } from "./types.ts";

const GIVES = "request numbers, conditions or texts, several of them as a tuple";

/** `request.security` and the tickers that it takes. */
export function checkSecurity(
  ctx: Context,
  scope: Scope,
  node: Call,
  signature: Signature,
  form: Form,
): Value {
  const { span } = node;
  if (form === "heikinashi" || form === "other") return checkTicker(ctx, scope, node, form);
  if (!ctx.frame.chart) return misplaced(ctx, `another ${node.callee.text}`, span);
  if (form === "security_lower_tf") {
    return ctx.unsupported(
      node.callee.text,
      "run on the lower timeframe, and request the higher one",
      span,
    );
  }
  const given = node.args.map((argument) => ({ argument, value: null }));
  const places = placed(node.callee.text, signature.params, given, node.callee);
  if (isMisfit(places)) {
    places.report(ctx);
    return ctx.broken(span);
  }
  const byName = new Map(signature.params.map(({ name }, i) => [name, places[i][0]?.argument]));
  return requested(ctx, scope, node, (name) => byName.get(name));
}

function requested(
  ctx: Context,
  scope: Scope,
  node: Call,
  argument: (name: string) => Argument | undefined,
): Value {
  const { span } = node;
  const symbol = simple(ctx, scope, node, argument("symbol"), "symbol");
  const timeframe = simple(ctx, scope, node, argument("timeframe"), "timeframe");
  const gaps = flag(ctx, scope, argument("gaps"), false);
  const asked = flag(ctx, scope, argument("lookahead"), languageRules(ctx.version).lookahead);
  const expression = argument("expression")?.value;
  const broken = [symbol, timeframe].find(({ type }) => type === "unknown");
  if (expression === undefined || broken !== undefined) {
    if (expression !== undefined) within(ctx, () => checkExpression(ctx, scope, expression));
    return broken ?? ctx.broken(span);
  }
  if (gaps === null || asked === null) {
    return ctx.unsupported(
      `${node.callee.text} with gaps or lookahead from an input`,
      "write true or false",
      span,
    );
  }
  /** A tuple's items are computed each on its own. */
  const made = (heikinashi: boolean, item: number | null): Value => {
    const { result, body } = within(ctx, () => checkExpression(ctx, scope, expression));
    if (item === null && result.items !== undefined) {
      const items = result.items.map((_, i) => made(heikinashi, i));
      return { ...ctx.broken(span), type: "tuple", items };
    }
    const value = item === null ? result : result.items![item];
    if (value.type === "void") {
      ctx.report("script_no_value", { what: "the expression" }, expression.span);
      return ctx.broken(span);
    }
    if (!isCoreType(value.type)) return value;
    if (isReference(value.type))
      return ctx.unsupported(`${node.callee.text} of ${shown(value.type)}`, GIVES, span);
    const early = asked && !isOwnTimeframe(timeframe.expr);
    const lookahead = early && knownAtOpen(value.expr, body, heikinashi);
    if (early && !lookahead) {
      const given = argument("lookahead");
      if (given !== undefined) {
        const diagnostic = ctx.diagnose("script_security_lookahead", {}, given);
        return ctx.placeholder(value.type, diagnostic, span);
      }
      ctx.report("script_security_closed", { version: ctx.version }, node.callee);
    }
    ctx.count(span);
    return typed({
      kind: "security",
      timeframe: timeframe.expr,
      heikinashi,
      body,
      value: value.expr,
      gaps,
      lookahead,
      type: value.type,
      qualifier: "series",
      span,
    });
  };
  const bySymbol = (expr: CoreExpr): Value => {
    if (isChart(expr) || isChartInput(ctx, expr)) return made(false, null);
    if (isHeikinashi(expr)) return made(true, null);
    if (expr.kind === "select")
      return chosen(ctx, expr, bySymbol(expr.then), bySymbol(expr.otherwise));
    return ctx.unsupported(`${node.callee.text} of another symbol`, ADVICE, span);
  };
  return bySymbol(symbol.expr);
}

/** The chart's own: its bars close when those asked for do, so that there is nothing to look ahead to. */
const isOwnTimeframe = (expr: CoreExpr): boolean =>
  expr.kind === "select"
    ? isOwnTimeframe(expr.then) && isOwnTimeframe(expr.otherwise)
    : expr.kind === "chart"
      ? expr.field.startsWith("timeframe.period")
      : expr.kind === "const" && expr.value === "";

/** `ha ? heikinashi(tickerid) : tickerid`: both are computed, so that both are there from the first bar on. */
function chosen(
  ctx: Context,
  symbol: Extract<CoreExpr, { kind: "select" }>,
  then: Value,
  otherwise: Value,
): Value {
  if (then.items !== undefined && otherwise.items !== undefined) {
    const { items: others } = otherwise;
    return { ...then, items: then.items.map((item, i) => chosen(ctx, symbol, item, others[i])) };
  }
  if (!isCoreType(then.type)) return then;
  if (!isCoreType(otherwise.type)) return otherwise;
  const a = ctx.bind(then.expr, "security");
  const b = ctx.bind(otherwise.expr, "security");
  const { span, test } = symbol;
  return typed({
    kind: "select",
    test,
    then: a,
    otherwise: b,
    type: then.type,
    qualifier: latest([a, b]),
    span,
  });
}

/** A text that is known before the first bar. */
function simple(
  ctx: Context,
  scope: Scope,
  node: Call,
  argument: Argument | undefined,
  name: string,
): Value {
  if (argument === undefined) return ctx.broken(node.span);
  const { value } = argument;
  const found = checkExpression(ctx, scope, value);
  if (found.type === "unknown") return found;
  const what = `${name} of ${node.callee.text}`;
  const text =
    found.type === "void" || found.type === "tuple" || found.type === "drawing"
      ? null
      : as(ctx, found, "text");
  if (text === null) {
    ctx.report("script_type", { what, expected: "text", found: shown(found.type) }, value.span);
    return ctx.broken(value.span);
  }
  if (text.expr.qualifier === "series") {
    const why = reason(ctx, text.expr, "simple");
    const params = {
      function: node.callee.text,
      argument: name,
      wanted: "simple",
      found: "series",
      why,
    };
    ctx.report("script_qualifier", params, value.span);
    return ctx.broken(value.span);
  }
  return text;
}

function flag(
  ctx: Context,
  scope: Scope,
  argument: Argument | undefined,
  standard: boolean,
): boolean | null {
  if (argument === undefined) return standard;
  const { expr, type } = checkExpression(ctx, scope, argument.value);
  if (type === "unknown") return standard;
  if (expr.kind !== "const" || type !== "bool") return null;
  return expr.value === true;
}

/** Inside the other timeframe: statements, slots and built-in variables of its own. */
function within(
  ctx: Context,
  inside: () => Value,
): { readonly result: Value; readonly body: readonly CoreStatement[] } {
  const { frame, statements, conditional, prefix, loops } = ctx;
  const other = newFrame(false);
  ctx.frame = other;
  ctx.statements = other.body;
  ctx.conditional = false;
  ctx.loops = 0;
  ctx.prefix = `security#${ctx.copyOf("security")}.`;
  ctx.nested++;
  const result = inside();
  ctx.nested--;
  Object.assign(ctx, { frame, statements, conditional, prefix, loops });
  return { result, body: [...other.prelude, ...other.body] };
}
