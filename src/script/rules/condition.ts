import type { Span } from "../../dsl/text/ast.ts";
import {
  type BooleanNode,
  type CompareNode,
  type CompareOp,
  type CrossNode,
  type Graph,
  type NumberNode,
  type PositionState,
  underPosition,
} from "../../ir/index.ts";

/** A condition of a script as far as rules have it, before negations are pushed to its leaves. */
export type Condition =
  | { readonly kind: "leaf"; readonly node: CompareNode | CrossNode; readonly span: Span }
  | { readonly kind: "position"; readonly state: PositionState }
  /** `plain`: of a value that is true or false, so that it is true where that is na. */
  | { readonly kind: "not"; readonly of: Condition; readonly plain: boolean; readonly span: Span }
  | { readonly kind: "group"; readonly op: "and" | "or"; readonly of: readonly Condition[] }
  /** `(a ? 1 : 0) + (b ? 1 : 0) >= count`. */
  | { readonly kind: "vote"; readonly count: NumberNode; readonly of: readonly Condition[] }
  /** `not na(x)`: taken out by {@link unguarded} where other conditions say as much. */
  | { readonly kind: "defined"; readonly of: NumberNode; readonly span: Span }
  /** By an input that is no number. */
  | { readonly kind: "fixed"; readonly value: boolean };

export const COMPLEMENT: Readonly<Record<CompareOp, CompareOp>> = {
  gt: "le",
  le: "gt",
  lt: "ge",
  ge: "lt",
  eq: "ne",
  ne: "eq",
};

/** A leaf that a script holds for true where it is na. */
export interface NegatedLeaf {
  readonly node: CompareNode | CrossNode;
  /** Its negation among the rules, which is not true there. */
  readonly made: BooleanNode;
  readonly span: Span;
}

/** The condition as a node, or what an input makes of it for good. */
export function nodeOf(
  condition: Condition,
  graph: Graph,
  negated: boolean,
  leaves: NegatedLeaf[],
  /** Whether an odd number of plain negations stands around it. */
  plain = negated,
): BooleanNode | boolean {
  switch (condition.kind) {
    case "fixed":
      return condition.value !== negated;
    case "defined":
      return !negated;
    case "position": {
      const node = graph.position(condition.state);
      return negated ? graph.not(node) : node;
    }
    case "not":
      return nodeOf(condition.of, graph, !negated, leaves, plain !== condition.plain);
    case "leaf": {
      const { node, span } = condition;
      const made = negated ? complement(node, graph) : node;
      if (plain) leaves.push({ node, made, span });
      return made;
    }
    case "vote": {
      const { count, of } = condition;
      const nodes = of.map((one) => nodeOf(one, graph, negated, leaves, plain));
      const votes = nodes.filter((node): node is BooleanNode => typeof node !== "boolean");
      const needed = negated ? graph.binary("sub", graph.literal(of.length + 1), count) : count;
      const given = nodes.filter((node) => node === true).length;
      const left = given === 0 ? needed : graph.binary("sub", needed, graph.literal(given));
      return graph.vote(left, votes);
    }
    case "group": {
      const op = (condition.op === "and") === negated ? "or" : "and";
      const nodes = condition.of.map((one) => nodeOf(one, graph, negated, leaves, plain));
      return joined(op, nodes, graph);
    }
  }
}

function complement(node: CompareNode | CrossNode, graph: Graph): BooleanNode {
  if (node.kind === "cross") return graph.not(node);
  return graph.compare(COMPLEMENT[node.op], node.left, node.right);
}

/** `and` or `or` of nodes; what is fixed is left out, or decides. */
export function joined(
  op: "and" | "or",
  nodes: readonly (BooleanNode | boolean)[],
  graph: Graph,
): BooleanNode | boolean {
  const deciding = op === "or";
  if (nodes.includes(deciding)) return deciding;
  const left = nodes.filter((node): node is BooleanNode => typeof node !== "boolean");
  if (left.length === nodes.length) return graph.logic(op, left);
  return left.length === 0 ? !deciding : left.length === 1 ? left[0]! : graph.logic(op, left);
}

/** What is left of a node where only these positions are possible. */
export function simplified(
  node: BooleanNode,
  states: ReadonlySet<PositionState>,
  graph: Graph,
): BooleanNode | boolean {
  const known = new Set([...states].map((state) => underPosition(node, state)));
  const [value] = known;
  if (known.size === 1 && typeof value === "boolean") return value;
  if (node.kind !== "logic") return node;
  return joined(
    node.op,
    node.operands.map((one) => simplified(one, states, graph)),
    graph,
  );
}
