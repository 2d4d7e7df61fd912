import type { CoreExpr, CoreStatement, OrderCall } from "../core.ts";

/** The expressions directly inside one; those in statements inside it are not among them. */
export function parts(expr: CoreExpr): readonly CoreExpr[] {
  switch (expr.kind) {
    case "const":
    case "input":
    case "field":
    case "local":
    case "chart":
    case "ledger":
      return [];
    case "past":
      return [expr.of, expr.offset];
    case "unary":
      return [expr.operand];
    case "binary":
      return [expr.left, expr.right];
    case "select":
      return [expr.test, expr.then, expr.otherwise];
    case "math":
    case "calendar":
    case "string":
    case "array":
      return expr.args;
    case "indicator":
      return [...expr.sources, ...expr.params];
    case "trade":
      return [expr.index];
    case "security":
      return [expr.timeframe, expr.value];
    case "block":
      return [expr.value];
  }
}

/** Statements inside an expression. */
export function bodyOf(expr: CoreExpr): readonly CoreStatement[] {
  if (expr.kind === "security") return expr.body;
  return expr.kind === "block" ? expr.statements : [];
}

/** The same expression with other parts, in the order of {@link parts}. */
export function withParts(
  expr: CoreExpr,
  next: readonly CoreExpr[],
  body: readonly CoreStatement[],
): CoreExpr {
  switch (expr.kind) {
    case "const":
    case "input":
    case "field":
    case "local":
    case "chart":
    case "ledger":
      return expr;
    case "past":
      return { ...expr, of: next[0] as typeof expr.of, offset: next[1] };
    case "unary":
      return { ...expr, operand: next[0] };
    case "binary":
      return { ...expr, left: next[0], right: next[1] };
    case "select":
      return { ...expr, test: next[0], then: next[1], otherwise: next[2] };
    case "math":
    case "calendar":
    case "string":
    case "array":
      return { ...expr, args: next };
    case "indicator": {
      const { length } = expr.sources;
      return { ...expr, sources: next.slice(0, length), params: next.slice(length) };
    }
    case "trade":
      return { ...expr, index: next[0] };
    case "security":
      return { ...expr, timeframe: next[0], value: next[1], body };
    case "block":
      return { ...expr, value: next[0], statements: body };
  }
}

/** The expressions of a statement itself; those of statements inside it are not among them. */
export function expressionsOf(statement: CoreStatement): readonly CoreExpr[] {
  switch (statement.kind) {
    case "set":
    case "effect":
      return [statement.value];
    case "if":
    case "while":
      return [statement.test];
    case "for":
      return [statement.from, statement.to, ...(statement.by === null ? [] : [statement.by])];
    case "for_in":
      return [statement.array];
    case "jump":
      return [];
    case "order":
      return orderArguments(statement.order);
  }
}

export function orderArguments(order: OrderCall): readonly CoreExpr[] {
  if (order.call === "risk") return order.args;
  return Object.entries(order)
    .filter(([key]) => key !== "call")
    .map(([, value]) => value as CoreExpr);
}

/** The statements directly inside one. */
export function statementsIn(statement: CoreStatement): readonly (readonly CoreStatement[])[] {
  if (statement.kind === "if") return [statement.then, statement.otherwise];
  return "body" in statement ? [statement.body] : [];
}

/** An expression and all inside it, the statements of blocks included. */
export function* everyExpression(expr: CoreExpr): Iterable<CoreExpr> {
  const open: CoreExpr[] = [expr];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    yield at;
    open.push(...parts(at));
    for (const statement of everyStatement(bodyOf(at))) open.push(...expressionsOf(statement));
  }
}

/** The same without what stands in the statements inside it. */
export function* ownExpressions(expr: CoreExpr): Iterable<CoreExpr> {
  const open: CoreExpr[] = [expr];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    yield at;
    open.push(...parts(at));
  }
}

/** Operations of an expression, what is shared counted as often as it stands there. */
export function sizeOf(expr: CoreExpr): number {
  const known = sizes.get(expr);
  if (known !== undefined) return known;
  let size = 1;
  for (const part of parts(expr)) size += sizeOf(part);
  sizes.set(expr, size);
  return size;
}

const sizes = new WeakMap<CoreExpr, number>();

/** Statements and all inside them; not those inside expressions. */
export function* everyStatement(statements: readonly CoreStatement[]): Iterable<CoreStatement> {
  const open = [...statements].reverse();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    yield at;
    for (const list of [...statementsIn(at)].reverse()) open.push(...[...list].reverse());
  }
}

/** Functions that change the array they are given. */
export const ARRAY_WRITERS: ReadonlySet<string> = new Set([
  "push",
  "pop",
  "shift",
  "unshift",
  "set",
  "insert",
  "remove",
  "clear",
  "fill",
  "reverse",
  "sort",
  "concat",
  "object.set",
  "map.put",
  "map.put_all",
  "map.remove",
  "map.clear",
  "matrix.set",
  "matrix.fill",
  "matrix.add_row",
  "matrix.add_col",
  "matrix.remove_row",
  "matrix.remove_col",
  "matrix.swap_rows",
  "matrix.swap_columns",
  "matrix.sort",
  "matrix.reverse",
]);

export const writes = (expr: CoreExpr): boolean =>
  expr.kind === "array" && ARRAY_WRITERS.has(expr.fn);

/** Whether computing it, or leaving it out, changes anything but its value. */
export function stateful(expr: CoreExpr): boolean {
  for (const { kind } of everyExpression(expr)) {
    if (kind === "indicator" || kind === "security" || kind === "array" || kind === "block")
      return true;
  }
  return false;
}

export function hasEffect(expr: CoreExpr): boolean {
  for (const part of everyExpression(expr)) if (writes(part) || part.kind === "block") return true;
  return false;
}
