import type { Span } from "../../dsl/text/ast.ts";
import type { CompareOp } from "../../ir/index.ts";
import type { Condition } from "./condition.ts";

/** The position is another than this. */
export function not(state: "flat" | "long" | "short", span: Span): Condition {
  return { kind: "not", of: { kind: "position", state }, plain: true, span };
}

/** What a comparison of the position with 0 says. */
export function sign(op: CompareOp, span: Span): Condition {
  switch (op) {
    case "gt":
      return { kind: "position", state: "long" };
    case "lt":
      return { kind: "position", state: "short" };
    case "eq":
      return { kind: "position", state: "flat" };
    case "ne":
      return not("flat", span);
    case "ge":
      return not("short", span);
    case "le":
      return not("long", span);
  }
}
