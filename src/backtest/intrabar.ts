import type { Bars } from "../vector/columns.ts";
import type { Order } from "./simulation.ts";

interface Reached {
  /** Into the orders. */
  readonly index: number;
  readonly price: number;
  /** 0 at the open, 1 and 2 on the ways to the two extremes, 3 at the close. */
  readonly stage: number;
  /** Which of a stage is reached sooner: the lower. */
  readonly depth: number;
}

/**
 * The orders that a bar fills, in the order in which its assumed path reaches them (SEMANTICS §5.3):
 * O-H-L-C where the open is strictly nearer the high, else O-L-H-C. A touch is enough; what the gap before
 * the bar crossed fills at the open. Orders reached together keep their order. A price that is na fills nothing.
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
  const reached: Reached[] = [];

  for (let index = 0; index < orders.length; index++) {
    const { firstBar, limit, side } = orders[index];
    if (firstBar > bar) continue;
    const buy = side === "buy";
    if (Number.isNaN(limit)) {
      const price = marketAtClose ? bars.close[bar] : open;
      if (!Number.isNaN(price)) {
        reached.push({ index, price, stage: marketAtClose ? 3 : 0, depth: 0 });
      }
    } else if (buy ? open <= limit : open >= limit) {
      reached.push({ index, price: open, stage: 0, depth: 0 });
    } else if (buy ? low <= limit : high >= limit) {
      const stage = highFirst === buy ? 2 : 1;
      reached.push({ index, price: limit, stage, depth: buy ? -limit : limit });
    }
  }
  return reached.length > 1 ? reached.sort(sooner) : reached;
}

function sooner(a: Reached, b: Reached): number {
  return a.stage - b.stage || a.depth - b.depth;
}
