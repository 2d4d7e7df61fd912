import type { CoreExpr, CoreStatement, OrderCall } from "../../dsl/text/core.ts";

/** What an expression is called in a message. */
export function constructOf(expr: CoreExpr): string {
  switch (expr.kind) {
    case "const":
      return typeof expr.value === "number" ? "na" : `${JSON.stringify(expr.value)}`;
    case "input":
      return `the input ${expr.name}`;
    case "field":
      return expr.field;
    case "local":
      return "a variable";
    case "past":
      return "a past value";
    case "unary":
      return expr.op;
    case "binary":
      return expr.left.type === "text" || expr.left.type === "bool"
        ? `a comparison of ${expr.left.type} values`
        : `the operator ${expr.op}`;
    case "select":
      return "?:";
    case "math":
      return expr.fn === "na" || expr.fn === "nz" ? `${expr.fn}()` : `math.${expr.fn}()`;
    case "indicator":
      return `the function ${expr.name}`;
    case "chart":
      return expr.field;
    case "ledger":
      return `strategy.${expr.field}`;
    case "trade":
      return `strategy.${expr.list}trades.${expr.field}()`;
    case "calendar":
      return `${expr.fn}()`;
    case "string":
      return `str.${expr.fn.replace(/^str\./, "")}()`;
    case "array":
      return expr.fn.startsWith("object.")
        ? "an object of a type of the script"
        : `${expr.fn.includes(".") ? "" : "array."}${expr.fn}()`;
    case "security":
      return "request.security()";
    case "block":
      return "a block";
  }
}

export function statementOf(statement: CoreStatement): string {
  switch (statement.kind) {
    case "for":
    case "for_in":
      return "a for loop";
    case "while":
      return "a while loop";
    default:
      return statement.kind === "effect" ? constructOf(statement.value) : statement.kind;
  }
}

export function orderOf(order: OrderCall): string {
  return order.call === "risk" ? `strategy.risk.${order.rule}()` : `strategy.${order.call}()`;
}
