import type { CoreExpr, StrategySettings } from "../../dsl/text/core.ts";
import { decimalText, type Graph, type IrSizing, type ScalarNode } from "../../ir/index.ts";
import type { ExpressionLowering } from "./expressions.ts";

/** The default size that `strategy(…)` names. */
export function defaultSizing(settings: StrategySettings, graph: Graph): IrSizing {
  const { default_qty_type, default_qty_value: value } = settings;
  if (default_qty_type === "fixed") return { kind: "quantity", quantity: decimalText(value) };
  if (default_qty_type === "cash") return { kind: "cash", cash: graph.literal(value) };
  return { kind: "percent_of_equity", percent: graph.literal(value) };
}

/**
 * The size that a `qty` is: a number or an input; `money / close`; `strategy.equity * percent / 100 / close`; what is there of
 * the position, `math.max(strategy.position_size, 0)`. null with an obstacle for any other.
 */
export function sizingOf(
  qty: CoreExpr,
  direction: 1 | -1,
  lowering: ExpressionLowering,
  graph: Graph,
): IrSizing | null {
  const expr = lowering.resolved(qty);
  const { findings } = lowering;
  const found =
    plainQuantity(expr, lowering) ??
    (isRest(expr, direction, lowering) ? ({ kind: "close" } as const) : null) ??
    money(expr, lowering, graph);
  if (found === null)
    findings.obstacle(
      "a quantity that changes",
      "a rule trades a fixed quantity, an amount of cash, a percentage of equity, or closes",
      qty.span,
    );
  else if (found.kind !== "quantity") findings.warn("rules_size", qty.span);
  return found;
}

function plainQuantity(expr: CoreExpr, lowering: ExpressionLowering): IrSizing | null {
  if (expr.kind === "const" && typeof expr.value === "number" && expr.value > 0)
    return { kind: "quantity", quantity: decimalText(expr.value) };
  if (expr.kind !== "input") return null;
  const node = lowering.number(expr);
  return node?.kind === "param" ? { kind: "quantity", quantity: node } : null;
}

/** The position, as far as an order of this direction closes it. */
function isRest(expr: CoreExpr, direction: 1 | -1, lowering: ExpressionLowering): boolean {
  if (expr.kind !== "math" || expr.fn !== "max" || expr.args.length !== 2) return false;
  const [size, zero] = expr.args.map((arg) => lowering.resolved(arg));
  if (zero?.kind !== "const" || zero.value !== 0 || !size) return false;
  const inner = size.kind === "unary" && size.op === "neg" ? lowering.resolved(size.operand) : size;
  const negative = inner !== size;
  return inner.kind === "ledger" && inner.field === "position_size" && negative === direction > 0;
}

function money(expr: CoreExpr, lowering: ExpressionLowering, graph: Graph): IrSizing | null {
  const factors = factorsOf(expr, lowering);
  if (!factors) return null;
  const { over, under } = factors;
  if (!takeFirst(under, isClose)) return null;
  const share = takeFirst(over, isEquity);
  const percent = share && takeFirst(under, isHundred);
  const scalar = product(over, under, share && !percent ? 100 : 1, lowering, graph);
  if (scalar === null) return null;
  return share ? { kind: "percent_of_equity", percent: scalar } : { kind: "cash", cash: scalar };
}

interface Factors {
  readonly over: CoreExpr[];
  readonly under: CoreExpr[];
}

/** The factors of a product of quotients, in the order in which they stand. */
function factorsOf(expr: CoreExpr, lowering: ExpressionLowering): Factors | null {
  const over: CoreExpr[] = [];
  const under: CoreExpr[] = [];
  let at = lowering.resolved(expr);
  while (at.kind === "binary" && (at.op === "mul" || at.op === "div")) {
    (at.op === "mul" ? over : under).unshift(lowering.resolved(at.right));
    at = lowering.resolved(at.left);
  }
  over.unshift(at);
  return { over, under };
}

const isClose = (expr: CoreExpr) => expr.kind === "field" && expr.field === "close";
const isEquity = (expr: CoreExpr) => expr.kind === "ledger" && expr.field === "equity";
const isHundred = (expr: CoreExpr) => expr.kind === "const" && expr.value === 100;

function takeFirst(list: CoreExpr[], fits: (expr: CoreExpr) => boolean): boolean {
  const at = list.findIndex(fits);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

/** One parameter alone, or a number. */
function product(
  over: readonly CoreExpr[],
  under: readonly CoreExpr[],
  scale: number,
  lowering: ExpressionLowering,
  graph: Graph,
): ScalarNode | null {
  const [only] = over;
  if (over.length === 1 && under.length === 0 && scale === 1 && only!.kind === "input") {
    const node = lowering.number(only!);
    return node?.kind === "param" ? node : null;
  }
  const numbers = [...over, ...under].map((expr) =>
    expr.kind === "const" ? Number(expr.value) : Number.NaN,
  );
  const value = numbers.reduce((all, one, k) => (k < over.length ? all * one : all / one), scale);
  return value > 0 && Number.isFinite(value) ? graph.literal(value) : null;
}
