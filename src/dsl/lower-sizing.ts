import type { IrSizing } from "../ir/index.ts";
import type { Action } from "./document.ts";
import { type Lowering, ROLES } from "./lower-params.ts";

/** The one of `quantity`, `size` and `close` that an action gives. */
export function lowerSizing(action: Action, lowering: Lowering): IrSizing {
  if (action.quantity !== undefined) return lowerQuantity(action.quantity, lowering);
  if (action.size === undefined) return { kind: "close" };
  return "cash" in action.size
    ? { kind: "cash", cash: lowering.scalar(action.size.cash, ROLES.positive) }
    : {
        kind: "percent_of_equity",
        percent: lowering.scalar(action.size.percent_of_equity, ROLES.positive),
      };
}

/** A decimal string stays one: quantities are exact. */
export function lowerQuantity(
  quantity: string | { readonly param: string },
  lowering: Lowering,
): IrSizing {
  if (typeof quantity === "string") return { kind: "quantity", quantity };
  const node = lowering.scalar(quantity, ROLES.quantity);
  if (node.kind !== "param") throw new Error("a parameter lowers to a param node");
  return { kind: "quantity", quantity: node };
}
