import type { Bars } from "../../src/vector/columns.ts";

/** The liquidity sweep written out bar by bar, market orders at the next open: what the compiled run must equal. */
export function plainLiquiditySweep(
  bars: Bars,
  period: number,
  quantity: number,
  cash: number,
  commission: number,
): { closed: number; equity: number } {
  const { open, high, low, close } = bars;
  let position = 0;
  let order = 0;
  let closed = 0;
  for (let i = 0; i < close.length; i++) {
    if (order !== 0) {
      if (position !== 0) closed++;
      cash -= order * open[i]! + Math.abs(order) * open[i]! * commission;
      position = position === 0 ? order : 0;
      order = 0;
    }
    if (i < period) continue;
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    for (let k = i - period; k < i; k++) {
      highest = Math.max(highest, high[k]!);
      lowest = Math.min(lowest, low[k]!);
    }
    const up = low[i]! < lowest && close[i]! > high[i - 1]!;
    const down = high[i]! > highest && close[i]! < low[i - 1]!;
    if (position === 0) order = up ? quantity : down ? -quantity : 0;
    else if (position > 0 ? down : up) order = -position;
  }
  return { closed, equity: cash + position * close[close.length - 1]! };
}
