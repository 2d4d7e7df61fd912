import type { BinaryExpr, CoreExpr, SelectExpr } from "../../dsl/text/core.ts";

/** What the depth of an expression is counted by. */
export function partsOf(expr: CoreExpr): readonly CoreExpr[] {
  switch (expr.kind) {
    case "past":
      return [expr.of];
    case "unary":
      return [expr.operand];
    case "binary":
      return expr.op === "and" || expr.op === "or" ? chain(expr, expr.op) : [expr.left, expr.right];
    case "indicator":
      return expr.sources;
    case "block":
      return [expr.value];
    case "math":
      return expr.args;
    case "select":
      return [expr.test];
    default:
      return [];
  }
}

/** The operands of `a and b and c`, read from the left. */
export function chain(expr: BinaryExpr, op: "and" | "or"): CoreExpr[] {
  const found: CoreExpr[] = [];
  let at: CoreExpr = expr;
  while (at.kind === "binary" && at.op === op) {
    found.push(at.right);
    at = at.left;
  }
  return [at, ...found.reverse()];
}

/** The conditions of a sum of `condition ? 1 : 0`; null where it is none, or one alone. */
export function votesOf(sum: CoreExpr): CoreExpr[] | null {
  const votes: CoreExpr[] = [];
  let at = sum;
  for (; at.kind === "binary" && at.op === "add"; at = at.left) {
    if (!isVote(at.right)) return null;
    votes.unshift(at.right.test);
  }
  return isVote(at) && votes.length > 0 ? [at.test, ...votes] : null;
}

function isVote(expr: CoreExpr): expr is SelectExpr {
  if (expr.kind !== "select") return false;
  const [then, otherwise] = [expr.then, expr.otherwise];
  return (
    then.kind === "const" && then.value === 1 && otherwise.kind === "const" && otherwise.value === 0
  );
}
