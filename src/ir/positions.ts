import { type BooleanNode, POSITION_STATES, type PositionState } from "./node.ts";

/** What has to be true for a node to be true: its operands where it is an `and`. */
export function conjuncts(node: BooleanNode): readonly BooleanNode[] {
  return node.kind === "logic" && node.op === "and" ? node.operands : [node];
}

/** The positions under which all of the nodes may be true. */
export function statesOf(nodes: readonly BooleanNode[]): ReadonlySet<PositionState> {
  return new Set(
    POSITION_STATES.filter((state) => nodes.every((node) => underPosition(node, state) !== false)),
  );
}

/** What a node is under a position, null where that is not all that it depends on. */
export function underPosition(node: BooleanNode, state: PositionState): boolean | null {
  if (node.kind === "position") return node.state === state;
  if (node.kind === "truth") return node.value;
  if (node.kind === "not") {
    const inner = underPosition(node.operand, state);
    return inner === null ? null : !inner;
  }
  if (node.kind !== "logic") return null;
  const parts = node.operands.map((one) => underPosition(one, state));
  const deciding = node.op === "or";
  if (parts.includes(deciding)) return deciding;
  return parts.every((part) => part !== null) ? !deciding : null;
}
