import type { BooleanNode, CompareOp } from "../ir/index.ts";
import type { Condition, CompareOp as DocumentOp, NumberOrParam } from "./document.ts";
import { lowerExpression, lowerIndicator } from "./lower-expression.ts";
import { type Lowering, ROLES } from "./lower-params.ts";

const OPS: Record<DocumentOp, CompareOp> = {
  ">": "gt",
  "<": "lt",
  ">=": "ge",
  "<=": "le",
  "==": "eq",
};

/** What is true where the comparison is false, na apart. */
const COMPLEMENT: Record<CompareOp, CompareOp> = {
  gt: "le",
  le: "gt",
  lt: "ge",
  ge: "lt",
  eq: "ne",
  ne: "eq",
};

/**
 * A condition as a node. Named conditions expand to comparisons and crosses of func nodes; `not` is
 * pushed to the leaves, so that na operands make both a condition and its negation fail (Kleene).
 */
export function lowerCondition(
  condition: Condition,
  lowering: Lowering,
  negated = false,
): BooleanNode {
  const { graph } = lowering;
  const close = () => graph.field("close");
  const ema = (period: NumberOrParam) =>
    lowerIndicator("ema", "value", { source: close() }, { period }, lowering);
  const compare = (left: Parameters<typeof graph.compare>[1], op: CompareOp, right: typeof left) =>
    graph.compare(negated ? COMPLEMENT[op] : op, left, right);
  const cross = (
    direction: "over" | "under",
    left: Parameters<typeof graph.cross>[1],
    right: typeof left,
  ) => {
    const node = graph.cross(direction, left, right);
    return negated ? graph.not(node) : node;
  };

  switch (condition.kind) {
    case "ema_crossover":
      return cross(
        condition.direction === "above" ? "over" : "under",
        ema(condition.fast_period),
        ema(condition.slow_period),
      );
    case "ema_trend":
      return compare(close(), condition.direction === "above" ? "gt" : "lt", ema(condition.period));
    case "rsi":
      return compare(
        lowerIndicator(
          "rsi",
          "value",
          { source: close() },
          { period: condition.period ?? 14 },
          lowering,
        ),
        condition.comparison === "above" ? "gt" : "lt",
        lowering.scalar(condition.threshold, ROLES.any),
      );
    case "bollinger": {
      const params = { period: condition.period ?? 20, num_std_dev: condition.num_std_dev ?? 2 };
      const above = condition.band === "above_upper";
      return compare(
        close(),
        above ? "gt" : "lt",
        lowerIndicator(
          "bollinger",
          above ? "upper" : "lower",
          { source: close() },
          params,
          lowering,
        ),
      );
    }
    case "price_level":
      return compare(
        close(),
        condition.direction === "above" ? "gt" : "lt",
        lowering.scalar(condition.price, ROLES.any),
      );
    case "position": {
      const node = graph.position(condition.state);
      return negated ? graph.not(node) : node;
    }
    case "all_of":
    case "any_of":
      if (condition.kind === "any_of" && condition.at_least !== undefined)
        return lowerVote(condition.conditions, condition.at_least, lowering, negated);
      return graph.logic(
        (condition.kind === "all_of") === negated ? "or" : "and",
        condition.conditions.map((c) => lowerCondition(c, lowering, negated)),
      );
    case "not":
      return lowerCondition(condition.condition, lowering, !negated);
    case "compare":
      return compare(
        lowerExpression(condition.left, lowering),
        OPS[condition.op],
        lowerExpression(condition.right, lowering),
      );
    case "cross_over":
    case "cross_under":
      return cross(
        condition.kind === "cross_over" ? "over" : "under",
        lowerExpression(condition.left, lowering),
        lowerExpression(condition.right, lowering),
      );
  }
}

/** Of n conditions at least k are true; not so where at least n - k + 1 are not. */
function lowerVote(
  conditions: readonly Condition[],
  atLeast: NumberOrParam,
  lowering: Lowering,
  negated: boolean,
): BooleanNode {
  const { graph } = lowering;
  const n = conditions.length;
  const operands = conditions.map((one) => lowerCondition(one, lowering, negated));
  const k = lowering.scalar(atLeast, { ...ROLES.period, max: Math.max(1, n) });
  const needed = negated ? graph.binary("sub", graph.literal(n + 1), k) : k;
  // One vote or none is any of them; `vote` could not tell which of `and` and `or` was meant.
  if (n <= 1) return graph.logic(negated ? "and" : "or", operands);
  return graph.vote(needed, operands);
}
