import type { BooleanNode, Graph, NumberNode, PositionState } from "../ir/index.ts";

/**
 * A condition as it stands when the position is known: a pure column condition, or constant.
 * Three such conditions per rule replace all reading of the position per bar.
 *
 * @param number copies a number node into `graph`
 */
export function specialise(
  node: BooleanNode,
  state: PositionState,
  graph: Graph,
  number: (node: NumberNode) => NumberNode,
): BooleanNode {
  switch (node.kind) {
    case "truth":
      return graph.truth(node.value);
    case "position":
      return graph.truth(node.state === state);
    case "compare":
      return graph.compare(node.op, number(node.left), number(node.right));
    case "cross":
      return graph.cross(node.direction, number(node.left), number(node.right));
    case "not": {
      const operand = specialise(node.operand, state, graph, number);
      if (operand.kind === "truth") return graph.truth(!operand.value);
      return graph.not(operand as typeof node.operand);
    }
    case "logic": {
      const operands = node.operands.map((each) => specialise(each, state, graph, number));
      return combined(node.op, operands, graph);
    }
    case "vote": {
      const operands = node.operands.map((each) => specialise(each, state, graph, number));
      return counted(number(node.count), operands, graph);
    }
  }
}

/** `and` or `or` without constants and repetitions. */
function combined(op: "and" | "or", operands: readonly BooleanNode[], graph: Graph): BooleanNode {
  const absorbing = op === "or";
  const kept = new Set<BooleanNode>();
  for (const operand of operands) {
    if (operand.kind !== "truth") kept.add(operand);
    else if (operand.value === absorbing) return operand;
  }
  const [first] = kept;
  if (first === undefined) return graph.truth(!absorbing);
  return kept.size === 1 ? first : graph.logic(op, [...kept]);
}

/**
 * At least `count` of the operands, as shared ands and ors: of the operands from i on, at least n are true where
 * operand i and n - 1 later ones are, or n later ones. A count that is a parameter chooses among all n.
 */
function counted(count: NumberNode, operands: readonly BooleanNode[], graph: Graph): BooleanNode {
  const all = operands.length;
  let later: BooleanNode[] = [graph.truth(true)];
  for (let i = all - 1; i >= 0; i--) {
    const here: BooleanNode[] = [graph.truth(true)];
    for (let n = 1; n <= all - i; n++) {
      const withIt = combined("and", [operands[i]!, later[n - 1]!], graph);
      const without = later[n] ?? graph.truth(false);
      here.push(combined("or", [withIt, without], graph));
    }
    later = here;
  }
  if (count.kind === "literal") return later[count.value] ?? graph.truth(false);
  const enough = later
    .slice(1)
    .map((votes, k) =>
      combined("and", [graph.compare("ge", graph.literal(k + 1), count), votes], graph),
    );
  return combined("or", enough, graph);
}
