import type { BinaryOperator, Expression, Span, Unary } from "../ast.ts";
import type { CoreExpr } from "../core.ts";

/** What is true where a comparison of two values that are not na is false; `and` and `or` of negated operands. */
const COMPLEMENT: { readonly [op in BinaryOperator]?: BinaryOperator } = {
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
  "==": "!=",
  "!=": "==",
  and: "or",
  or: "and",
};

/**
 * What `not operand` means under `//@swymc exact`: pushed down to comparisons, so that na makes both them and their negation
 * false, as in rule documents (SEMANTICS §2). null where it goes no deeper: a variable holds true or false.
 */
export function pushedNot(operand: Expression, span: Span): Expression | null {
  if (operand.kind === "unary" && operand.op === "not") return operand.operand;
  if (operand.kind !== "binary") return null;
  const op = COMPLEMENT[operand.op];
  if (op === undefined) return null;
  if (op !== "and" && op !== "or") return { ...operand, op };
  const negated = (one: Expression): Unary => ({ kind: "unary", op: "not", operand: one, span });
  return { ...operand, op, left: negated(operand.left), right: negated(operand.right) };
}

export function not(operand: CoreExpr, span: Span): CoreExpr {
  const { qualifier } = operand;
  return { kind: "unary", op: "not", operand, type: "bool", qualifier, span };
}

const CROSSES: ReadonlySet<string> = new Set(["crossover", "crossunder", "cross"]);

/** The same for a cross: the number behind the truth value knows na. */
export function notCross(operand: CoreExpr, span: Span): CoreExpr {
  if (operand.kind !== "indicator" || !CROSSES.has(operand.name)) return not(operand, span);
  return {
    kind: "binary",
    op: "eq",
    left: { ...operand, type: "float" },
    right: { kind: "const", value: 0, type: "float", qualifier: "const", span },
    eager: false,
    type: "bool",
    qualifier: operand.qualifier,
    span,
  };
}
