import type { IrDistance, IrExits } from "../ir/index.ts";
import type { ExitDistance, Exits } from "./document.ts";
import { lowerIndicator } from "./lower-expression.ts";
import { type Lowering, ROLES } from "./lower-params.ts";

/** The exits of a document; undefined where it has none, so that `{}` is the same strategy as no block. */
export function lowerExits(exits: Exits, lowering: Lowering): IrExits | undefined {
  const lowered: IrExits = {
    ...(exits.stop_loss ? { stopLoss: lowerDistance(exits.stop_loss, lowering) } : {}),
    ...(exits.take_profit ? { takeProfit: lowerDistance(exits.take_profit, lowering) } : {}),
    ...(exits.trailing_stop ? { trailingStop: lowerDistance(exits.trailing_stop, lowering) } : {}),
  };
  return Object.keys(lowered).length > 0 ? lowered : undefined;
}

function lowerDistance({ percent, atr, ticks }: ExitDistance, lowering: Lowering): IrDistance {
  const { scalar } = lowering;
  if (percent !== undefined) return { kind: "percent", percent: scalar(percent, ROLES.positive) };
  if (ticks !== undefined) return { kind: "ticks", ticks: scalar(ticks, ROLES.positive) };
  const { multiple, period = 14 } = atr!;
  return {
    kind: "atr",
    multiple: scalar(multiple, ROLES.positive),
    atr: lowerIndicator("atr", "value", {}, { period }, lowering),
  };
}
