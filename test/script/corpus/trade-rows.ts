import type { ScriptSimulation } from "../../../src/backtest/script/create-script-broker.ts";
import type { SlowTrade } from "../reference/orders.ts";

export const TRADE_HEADER =
  "side,quantity,entry,entry_bar,entry_price,exit,exit_bar,exit_price,commission";

type Row = readonly (number | string)[];

const csv = (rows: readonly Row[]): string =>
  `${[TRADE_HEADER, ...rows.map((row) => row.join(","))].join("\n")}\n`;

/** Closed trades, then open ones, whose exit is empty. */
export function slowTrades(trades: readonly SlowTrade[]): string {
  return csv(
    trades.map((trade) => [
      trade.direction > 0 ? "long" : "short",
      trade.qty,
      trade.entryId,
      trade.entryBar,
      trade.entryPrice,
      trade.exitId,
      ...(trade.exitBar < 0 ? ["", ""] : [trade.exitBar, trade.exitPrice]),
      trade.commission,
    ]),
  );
}

export function fastTrades({ trades, labels }: ScriptSimulation): string {
  return csv(
    Array.from({ length: trades.length }, (_, i) => [
      trades.side[i] > 0 ? "long" : "short",
      trades.quantity[i],
      labels.entryId[i],
      trades.entryBar[i],
      trades.entryPrice[i],
      labels.exitId[i],
      ...(trades.exitBar[i] < 0 ? ["", ""] : [trades.exitBar[i], trades.exitPrice[i]]),
      trades.commission[i],
    ]),
  );
}
