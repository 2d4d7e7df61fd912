import type { Bars } from "../vector/columns.ts";
import type { Order } from "./simulation.ts";

interface Reached {
  readonly order: Order;
  readonly price: number;
}

/**
 * The orders that a bar fills, in the order in which its assumed path reaches them (SEMANTICS §5.3):
 * O-H-L-C where the open is strictly nearer the high, else O-L-H-C. A touch is enough; what the gap before
 * the bar crossed fills at the open. Orders reached together keep their order.
 */
export function reach(
  orders: readonly Order[],
  bars: Bars,
  bar: number,
  marketAtClose: boolean,
): Reached[] {
  const open = bars.open[bar];
  const high = bars.high[bar];
  const low = bars.low[bar];
  const highFirst = high - open < open - low;
  const reached: (Reached & { stage: number; depth: number })[] = [];
  const add = (order: Order, price: number, stage: number, depth: number) => {
    if (!Number.isNaN(price)) reached.push({ order, price, stage, depth });
  };

  for (const order of orders) {
    const { firstBar, limit, side } = order;
    if (firstBar > bar) continue;
    if (Number.isNaN(limit)) {
      if (marketAtClose) add(order, bars.close[bar], 3, 0);
      else add(order, open, 0, 0);
    } else if (side === "buy") {
      if (open <= limit) add(order, open, 0, 0);
      else if (low <= limit) add(order, limit, highFirst ? 2 : 1, -limit);
    } else {
      if (open >= limit) add(order, open, 0, 0);
      else if (high >= limit) add(order, limit, highFirst ? 1 : 2, limit);
    }
  }
  return reached.length > 1
    ? reached.sort((a, b) => a.stage - b.stage || a.depth - b.depth)
    : reached;
}
