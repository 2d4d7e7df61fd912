import type { AnalysedTrades } from "./analysed-run.ts";

/** The trades of which `holds`, in their order. */
export function selectTrades(
  trades: AnalysedTrades,
  holds: (trade: number) => boolean,
): AnalysedTrades {
  const chosen = Int32Array.from({ length: trades.length }, (_, i) => i).filter(holds);
  const floats = (column: Float64Array) => Float64Array.from(chosen, (i) => column[i]);
  const ints = (column: Int32Array) => Int32Array.from(chosen, (i) => column[i]);
  return {
    length: chosen.length,
    side: Int8Array.from(chosen, (i) => trades.side[i]),
    quantity: floats(trades.quantity),
    entryBar: ints(trades.entryBar),
    entryPrice: floats(trades.entryPrice),
    exitBar: ints(trades.exitBar),
    exitPrice: floats(trades.exitPrice),
    barsHeld: ints(trades.barsHeld),
    pnlGross: floats(trades.pnlGross),
    commission: floats(trades.commission),
    pnl: floats(trades.pnl),
    open: Uint8Array.from(chosen, (i) => trades.open[i]),
  };
}
