import type { TradeColumns } from "../trade-stats.ts";
import { type Distribution, distributionOf } from "./distribution.ts";

/** Closed trades as columns that belong together. */
export interface TradeResults {
  /** Indices into the trade list. */
  readonly trade: Int32Array;
  /** Net profit in money. */
  readonly pnl: Float64Array;
  /** Net profit over entry value. */
  readonly returns: Float64Array;
  readonly barsHeld: Float64Array;
}

export function closedTrades(trades: TradeColumns): TradeResults {
  const trade = Int32Array.from({ length: trades.length }, (_, i) => i).filter(
    (i) => trades.open[i] === 0,
  );
  const column = (value: (i: number) => number) => {
    const values = new Float64Array(trade.length);
    for (let k = 0; k < values.length; k++) values[k] = value(trade[k]);
    return values;
  };
  return {
    trade,
    pnl: column((i) => trades.pnl[i]),
    returns: column((i) => trades.pnl[i] / Math.abs(trades.quantity[i] * trades.entryPrice[i])),
    barsHeld: column((i) => trades.barsHeld[i]),
  };
}

/** How closed trades spread, and how they run. Distributions are null without a closed trade. */
export interface TradeDistributions {
  readonly pnl: Distribution | null;
  readonly returns: Distribution | null;
  readonly bars_held: Distribution | null;
  /** Longest runs of closed trades with profits above 0 and below 0, in the order of the list. */
  readonly longest_winning_streak: number;
  readonly longest_losing_streak: number;
}

export function tradeDistributions(trades: TradeColumns, bins?: number): TradeDistributions {
  const { pnl, returns, barsHeld } = closedTrades(trades);
  return {
    pnl: distributionOf(pnl, bins),
    returns: distributionOf(returns, bins),
    bars_held: distributionOf(barsHeld, bins),
    longest_winning_streak: longestStreak(pnl, (profit) => profit > 0),
    longest_losing_streak: longestStreak(pnl, (profit) => profit < 0),
  };
}

function longestStreak(values: Float64Array, counts: (value: number) => boolean): number {
  let longest = 0;
  let streak = 0;
  for (const value of values) {
    streak = counts(value) ? streak + 1 : 0;
    if (streak > longest) longest = streak;
  }
  return longest;
}
