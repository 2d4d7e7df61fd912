import type { CoreExpr, CoreStatement } from "../core.ts";
import { everyStatement } from "./core-walk.ts";

/**
 * Whether the value is made of earlier bars and of the open alone: with lookahead nothing else is known at the start of a
 * bar. The open of the first heikin-ashi bar is made of its close.
 */
export function knownAtOpen(
  expr: CoreExpr,
  body: readonly CoreStatement[],
  heikinashi: boolean,
  open: ReadonlySet<number> = new Set(),
): boolean {
  const all = (list: readonly CoreExpr[]) =>
    list.every((one) => knownAtOpen(one, body, heikinashi, open));
  switch (expr.kind) {
    case "field":
      return expr.field === "time" || (expr.field === "open" && !heikinashi);
    case "const":
    case "input":
      return expr.qualifier !== "series";
    case "chart":
      return true;
    case "past":
      return expr.offset.kind === "const" && Number(expr.offset.value) >= 1;
    case "unary":
      return all([expr.operand]);
    case "binary":
      return all([expr.left, expr.right]);
    case "select":
      return all([expr.test, expr.then, expr.otherwise]);
    case "math":
      return all(expr.args);
    case "indicator":
      return expr.sources.length > 0 && all(expr.sources);
    case "local": {
      if (open.has(expr.slot)) return false;
      const inner = new Set([...open, expr.slot]);
      // A slot set under a condition hangs on the condition, too; only plain ones are followed.
      const plain = body.filter((one) => one.kind === "set" && one.slot === expr.slot);
      let sets = 0;
      for (const one of everyStatement(body))
        if (one.kind === "set" && one.slot === expr.slot) sets++;
      return (
        sets === 1 &&
        plain.length === 1 &&
        plain.every((one) => one.kind === "set" && knownAtOpen(one.value, body, heikinashi, inner))
      );
    }
    default:
      return false;
  }
}
