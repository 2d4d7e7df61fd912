import { type AnalysedTrades, excursions } from "../../stats/analysis/index.ts";
import type { Bars } from "../../vector/index.ts";
import { numbers } from "./of-curve.ts";

/** Of the trades of a symbol over its bars: see `ReportData`. */
export function tradeColumns(bars: Bars, trades: AnalysedTrades, fillsAtClose: boolean) {
  const { adverse, favourable } = excursions({
    trades,
    high: bars.high,
    low: bars.low,
    fillsAtClose,
  });
  const column = (value: (i: number) => number) => numbers(trades.length, value);
  const seconds = (bar: number) => (bar < 0 ? Number.NaN : bars.time[bar]! / 1000);
  const closed = (value: (i: number) => number) =>
    column((i) => (trades.open[i] === 1 ? Number.NaN : value(i)));
  return {
    "trade.side": column((i) => trades.side[i]!),
    "trade.quantity": trades.quantity,
    "trade.entry_time": column((i) => seconds(trades.entryBar[i]!)),
    "trade.entry_price": trades.entryPrice,
    "trade.exit_time": column((i) => seconds(trades.exitBar[i]!)),
    "trade.exit_price": closed((i) => trades.exitPrice[i]!),
    "trade.bars": column((i) => trades.barsHeld[i]!),
    "trade.pnl": trades.pnl,
    "trade.return": closed(
      (i) => trades.pnl[i]! / Math.abs(trades.quantity[i]! * trades.entryPrice[i]!),
    ),
    "trade.best": favourable,
    "trade.worst": adverse.map((depth) => -depth),
  };
}
