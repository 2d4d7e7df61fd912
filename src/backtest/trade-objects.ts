import type { Bars } from "../vector/columns.ts";
import { isoTime } from "../vector/iso-time.ts";
import type { RejectionReason, Simulation } from "./simulation.ts";
import { EXIT_REASONS, type ExitReason } from "./trades.ts";

/** A trade as `--json` and a compiled module give it. Exit fields are null while it is open. */
export interface TradeObject {
  readonly side: "long" | "short";
  readonly quantity: number;
  readonly entry_signal_time: string;
  readonly entry_time: string;
  readonly entry_price: number;
  readonly exit_signal_time: string | null;
  readonly exit_time: string | null;
  readonly exit_price: number | null;
  readonly exit_reason: ExitReason | null;
  readonly bars_held: number;
  readonly pnl_gross: number;
  readonly commission: number;
  readonly pnl: number;
  readonly status: "closed" | "open";
}

/** An order that was refused. */
export interface RejectionObject {
  readonly side: "buy" | "sell";
  readonly signal_time: string;
  readonly time: string;
  readonly price: number;
  readonly quantity: number;
  readonly needed: number;
  readonly available: number;
  readonly reason: RejectionReason;
}

/** An order that was still waiting when the data ended. */
export interface PendingObject {
  readonly side: "buy" | "sell";
  readonly signal_time: string;
  /** Null for a market order. */
  readonly limit: number | null;
}

/** The trades of a run as plain objects; times are bar opens, ISO-8601 UTC. */
export function tradeObjects(bars: Bars, simulation: Pick<Simulation, "trades">): TradeObject[] {
  const { trades } = simulation;
  const time = (bar: number) => isoTime(bars.time[bar]);
  return Array.from({ length: trades.length }, (_, i) => {
    const open = trades.open[i] === 1;
    return {
      side: trades.side[i] > 0 ? "long" : "short",
      quantity: trades.quantity[i],
      entry_signal_time: time(trades.entrySignalBar[i]),
      entry_time: time(trades.entryBar[i]),
      entry_price: trades.entryPrice[i],
      exit_signal_time: open ? null : time(trades.exitSignalBar[i]),
      exit_time: open ? null : time(trades.exitBar[i]),
      exit_price: open ? null : trades.exitPrice[i],
      exit_reason: open ? null : EXIT_REASONS[trades.exitReason[i]],
      bars_held: trades.barsHeld[i],
      pnl_gross: trades.pnlGross[i],
      commission: trades.commission[i],
      pnl: trades.pnl[i],
      status: open ? "open" : "closed",
    };
  });
}

export function rejectionObjects(
  bars: Bars,
  simulation: Pick<Simulation, "rejections">,
): RejectionObject[] {
  return simulation.rejections.listed.map((r) => ({
    side: r.side,
    signal_time: isoTime(bars.time[r.signalBar]),
    time: isoTime(bars.time[r.bar]),
    price: r.price,
    quantity: r.quantity,
    needed: r.needed,
    available: r.available,
    reason: r.reason,
  }));
}

export function pendingObjects(
  bars: Bars,
  simulation: Pick<Simulation, "pending">,
): PendingObject[] {
  return simulation.pending.map(({ side, signalBar, limit }) => ({
    side,
    signal_time: isoTime(bars.time[signalBar]),
    limit: Number.isNaN(limit) ? null : limit,
  }));
}
