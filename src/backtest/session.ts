import type { Bars } from "../vector/columns.ts";
import type { Broker } from "./broker.ts";
import type { EquityCurve } from "./equity-curve.ts";
import type { Firing } from "./firing.ts";
import type { RunSettings, Signals } from "./orders.ts";

/** What both simulators work on. */
export interface Session {
  readonly bars: Bars;
  readonly signals: Signals;
  readonly settings: RunSettings;
  readonly firing: Firing;
  readonly broker: Broker;
  readonly curve: EquityCurve;
}

/** A market order's price: the bar's, moved against the order by the slippage. */
export function marketPrice(side: "buy" | "sell", price: number, slippage: number): number {
  return side === "buy" ? price * (1 + slippage) : price * (1 - slippage);
}
