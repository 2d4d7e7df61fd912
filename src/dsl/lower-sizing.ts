import type { IrSizing } from "../ir/index.ts";
import type { Action, Size } from "./document.ts";
import { type Lowering, ROLES } from "./lower-params.ts";

/** The one of `quantity`, `size` and `close` that an action gives. */
export function lowerSizing(action: Action, lowering: Lowering): IrSizing {
  if (action.quantity !== undefined) return lowerQuantity(action.quantity, lowering);
  return action.size === undefined ? { kind: "close" } : lowerSize(action.size, lowering);
}

function lowerSize(size: Size, { scalar }: Lowering): IrSizing {
  const { cash, percent_of_equity: percent, volatility_target: target, kelly } = size;
  if (cash !== undefined) return { kind: "cash", cash: scalar(cash, ROLES.positive) };
  if (percent !== undefined) {
    return { kind: "percent_of_equity", percent: scalar(percent, ROLES.positive) };
  }
  if (target !== undefined) {
    return {
      kind: "volatility_target",
      percent: scalar(target.percent, ROLES.positive),
      period: scalar(target.period ?? 30, ROLES.returns),
      maxPercent: scalar(target.max_percent ?? 100, ROLES.positive),
    };
  }
  return {
    kind: "kelly",
    fraction: scalar(kelly?.fraction ?? 0.25, ROLES.share),
    trades: scalar(kelly?.trades ?? 30, ROLES.period),
    percent: scalar(kelly?.percent ?? 10, ROLES.positive),
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
