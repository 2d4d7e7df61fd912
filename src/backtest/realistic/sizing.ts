import type { Bars } from "../../vector/columns.ts";
import type { OrderRule } from "../orders.ts";
import type { RejectionReason } from "../simulation.ts";
import type { TradeLog } from "../trades.ts";

/** A share of equity in percent, or why there is none. */
export type Share =
  | { readonly percent: number }
  | { readonly refused: Extract<RejectionReason, "volatility" | "kelly"> };

/** Percent of equity for an annual volatility: what is aimed at over what the close has shown, up to the signal bar. */
export function volatilityShare(
  { percent, period, maxPercent }: Extract<OrderRule["sizing"], { kind: "volatility_target" }>,
  bars: Bars,
  signalBar: number,
  barsPerYear: number,
): Share {
  const annual = volatility(bars.close, signalBar, period) * Math.sqrt(barsPerYear);
  if (Number.isNaN(annual)) return { refused: "volatility" };
  return { percent: Math.min(maxPercent, percent / annual) };
}

/** Sample standard deviation of the last `period` returns up to a bar; na where one of them is not known. */
function volatility(close: Float64Array, bar: number, period: number): number {
  if (bar < period) return Number.NaN;
  let sum = 0;
  for (let i = bar - period + 1; i <= bar; i++) sum += close[i]! / close[i - 1]! - 1;
  const mean = sum / period;
  let squares = 0;
  for (let i = bar - period + 1; i <= bar; i++) {
    squares += (close[i]! / close[i - 1]! - 1 - mean) ** 2;
  }
  return Math.sqrt(squares / (period - 1));
}

/**
 * Percent of equity by Kelly's formula W - (1 - W) / R (J. L. Kelly, "A New Interpretation of Information Rate", 1956,
 * for a bet that wins R or loses 1): W the share of winners among the latest closed trades, R their mean gain over
 * the mean loss, both as shares of what was put in.
 */
export function kellyShare(
  { fraction, trades, percent }: Extract<OrderRule["sizing"], { kind: "kelly" }>,
  log: TradeLog,
): Share {
  if (log.length < trades) return { percent };
  const { pnl, quantity, entryPrice } = log.columns;
  let wins = 0;
  let gains = 0;
  let losses = 0;
  for (let i = log.length - trades; i < log.length; i++) {
    const share = pnl[i]! / (quantity[i]! * entryPrice[i]!);
    if (share > 0) {
      wins++;
      gains += share;
    } else losses -= share;
  }
  const won = wins / trades;
  const kelly = losses === 0 ? won : won - (1 - won) / (gains / wins / (losses / (trades - wins)));
  return kelly > 0 ? { percent: 100 * fraction * kelly } : { refused: "kelly" };
}
