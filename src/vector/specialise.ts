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
      const absorbing = node.op === "or";
      const operands = new Set<BooleanNode>();
      for (const each of node.operands) {
        const operand = specialise(each, state, graph, number);
        if (operand.kind === "truth") {
          if (operand.value === absorbing) return operand;
        } else operands.add(operand);
      }
      if (operands.size === 0) return graph.truth(!absorbing);
      const [first] = operands;
      return operands.size === 1 ? first! : graph.logic(node.op, [...operands]);
    }
  }
}
