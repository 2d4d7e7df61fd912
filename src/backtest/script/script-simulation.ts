import type { Order, Simulation } from "../simulation.ts";
import type { Account } from "./account.ts";
import type { EquityRecord } from "./equity-record.ts";
import type { Execution } from "./execution.ts";
import type { Market } from "./market.ts";
import type { OrderBook } from "./order-book.ts";
import type { RunMemory } from "./run-memory.ts";
import type { TradeLabels } from "./trade-texts.ts";
import type { WorkingOrder } from "./working-order.ts";

/** What a script did: a {@link Simulation}, and the names of its trades. A rejection or an order has no rule (-1). */
export interface ScriptSimulation extends Simulation {
  readonly labels: TradeLabels;
}

export interface EndedRun {
  readonly market: Market;
  readonly account: Account;
  readonly book: OrderBook;
  readonly execution: Execution;
  readonly record: EquityRecord;
  readonly start: number;
  readonly memory: RunMemory | null;
}

/** Ends a run: records what is left of its bars and lists the entries that are open. */
export function simulationOf(run: EndedRun): ScriptSimulation {
  const { market, account, record, start, memory } = run;
  const { rows, texts } = account.trades;
  const closed = rows.length;
  market.bar = market.bars.close.length - 1;
  record.catchUp(market.bar + 1);
  account.listOpen(market.mark);
  const { items, length } = run.book.orders.list;
  return {
    start,
    trades: rows.trades(closed, memory?.columns(rows.length)),
    labels: texts.labels(rows, memory?.lends ?? false),
    equity: record.curve,
    cash: account.cash,
    position: account.quantity,
    fills: account.fills,
    commission: account.commissionPaid,
    traded: account.traded,
    barsInPosition: record.barsInPosition,
    // Equity is marked bar by bar, and read so.
    invested: new Int32Array(0),
    rejections: run.execution.rejections,
    pending: items
      .slice(0, length)
      .filter(({ kind }) => kind !== "exit")
      .map(pendingOrder),
  };
}

function pendingOrder(order: WorkingOrder): Order {
  return {
    rule: -1,
    side: order.side > 0 ? "buy" : "sell",
    signalBar: order.signalBar,
    firstBar: order.signalBar + 1,
    limit: order.limit,
  };
}
