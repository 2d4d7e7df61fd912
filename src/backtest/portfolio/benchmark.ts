import { LastPrice } from "./last-price.ts";
import type { Member, PortfolioSimulation } from "./portfolio.ts";
import { closeTimes } from "./rows.ts";

/**
 * Money that the same cash would have become without trading: an equal part buys each symbol at its first close, without
 * costs, and is cash until then. One value per row of the equity.
 */
export function benchmarkEquity(
  members: readonly Member[],
  { time, start }: Pick<PortfolioSimulation, "time" | "start">,
  cash: number,
  closeOf: (open: number) => number,
): Float64Array {
  const rows = closeTimes(time, closeOf);
  const part = cash / members.length;
  const equity = new Float64Array(time.length - start);
  for (const { bars, start: from } of members) {
    const closes = closeTimes(bars.time, closeOf);
    const prices = new LastPrice(bars.close, closes);
    const first = bars.close[from] ?? Number.NaN;
    const since = closes[from] ?? Number.POSITIVE_INFINITY;
    for (let row = start; row < rows.length; row++) {
      const known = rows[row]! >= since ? prices.at(rows[row]!) / first : 1;
      equity[row - start]! += part * known;
    }
  }
  return equity;
}
