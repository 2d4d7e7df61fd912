import type { NumberNode } from "../../ir/index.ts";
import type { Condition } from "./condition.ts";

export type Guard = Extract<Condition, { kind: "defined" }>;

/** The condition without the `not na(x)` that it is a conjunction of; these are put into `guards`. */
export function unguarded(condition: Condition, guards: Guard[]): Condition {
  if (condition.kind === "defined") {
    guards.push(condition);
    return { kind: "fixed", value: true };
  }
  if (condition.kind !== "group" || condition.op !== "and") return condition;
  return { ...condition, of: condition.of.map((one) => unguarded(one, guards)) };
}

/** Every `not na(x)` in a condition. */
export function guardsIn(condition: Condition): readonly Guard[] {
  switch (condition.kind) {
    case "defined":
      return [condition];
    case "group":
    case "vote":
      return condition.of.flatMap(guardsIn);
    case "not":
      return guardsIn(condition.of);
    default:
      return [];
  }
}

/** Whether a number is na wherever `part` is. */
export function hangsOn(node: NumberNode, part: NumberNode): boolean {
  if (node === part) return true;
  return node.kind === "binary" && (hangsOn(node.left, part) || hangsOn(node.right, part));
}
