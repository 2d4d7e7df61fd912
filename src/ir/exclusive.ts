import type { BooleanNode, CompareNode, NumberNode } from "./node.ts";
import { conjuncts } from "./positions.ts";

/** Whether two conditions are certainly never true on the same bar. */
export function exclusive(a: BooleanNode, b: BooleanNode): boolean {
  const [ours, theirs] = [conjuncts(a), conjuncts(b)];
  return ours.some((one) => denied(one, theirs)) || theirs.some((one) => denied(one, ours));
}

/** Whether a condition is false where all the others are true. */
function denied(node: BooleanNode, others: readonly BooleanNode[]): boolean {
  if (node.kind === "logic") {
    return node.op === "or"
      ? node.operands.length > 0 && node.operands.every((one) => denied(one, others))
      : node.operands.some((one) => denied(one, others));
  }
  return others.some((other) => against(node, other) || against(other, node));
}

function against(a: BooleanNode, b: BooleanNode): boolean {
  if (a.kind === "not") return a.operand === b;
  if (a.kind === "position") return b.kind === "position" && a.state !== b.state;
  if (a.kind === "compare") return b.kind === "compare" && compared(a, b);
  if (a.kind !== "cross" || b.kind !== "cross") return false;
  const same = a.left === b.left && a.right === b.right;
  const mirrored = a.left === b.right && a.right === b.left;
  return (same && a.direction !== b.direction) || (mirrored && a.direction === b.direction);
}

/** `low` is below `high`, or equal to it where it is not strict. */
interface Order {
  readonly low: NumberNode;
  readonly high: NumberNode;
  readonly strict: boolean;
}

/** Whether two comparisons order their values in a circle. */
function compared(a: CompareNode, b: CompareNode): boolean {
  if (a.op === "ne" || b.op === "ne")
    return a.op !== b.op && samePair(a, b) && "eq" === other(a, b);
  return ordersOf(a).some((one) =>
    ordersOf(b).some(
      (two) => (one.strict || two.strict) && atMost(one.high, two.low) && atMost(two.high, one.low),
    ),
  );
}

const other = (a: CompareNode, b: CompareNode) => (a.op === "ne" ? b.op : a.op);

function samePair(a: CompareNode, b: CompareNode): boolean {
  return (a.left === b.left && a.right === b.right) || (a.left === b.right && a.right === b.left);
}

function ordersOf({ op, left, right }: CompareNode): Order[] {
  const below = { low: left, high: right };
  const above = { low: right, high: left };
  switch (op) {
    case "lt":
      return [{ ...below, strict: true }];
    case "le":
      return [{ ...below, strict: false }];
    case "gt":
      return [{ ...above, strict: true }];
    case "ge":
      return [{ ...above, strict: false }];
    default:
      return [
        { ...below, strict: false },
        { ...above, strict: false },
      ];
  }
}

/** Whether a value is certainly at most another: the same one, a lesser number, or prices of one bar. */
function atMost(a: NumberNode, b: NumberNode): boolean {
  if (a === b) return true;
  if (a.kind === "literal" && b.kind === "literal") return a.value <= b.value;
  const [one, two] = [priceOf(a), priceOf(b)];
  if (one === null || two === null || one.offset !== two.offset) return false;
  return one.field === "low" || two.field === "high";
}

function priceOf(node: NumberNode): { field: string; offset: NumberNode | null } | null {
  const of = node.kind === "history" ? node.source : node;
  if (of.kind !== "field" || of.field === "volume" || of.field === "time") return null;
  return { field: of.field, offset: node.kind === "history" ? node.offset : null };
}
