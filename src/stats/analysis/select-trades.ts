import type { AnalysedTrades } from "./analysed-run.ts";

/** The trades of which `holds`, in their order. */
export function selectTrades(
  trades: AnalysedTrades,
  holds: (trade: number) => boolean,
): AnalysedTrades {
  const chosen = Int32Array.from({ length: trades.length }, (_, i) => i).filter(holds);
  const floats = (column: Float64Array) => taken(column, chosen, new Float64Array(chosen.length));
  const ints = (column: Int32Array) => taken(column, chosen, new Int32Array(chosen.length));
  return {
    length: chosen.length,
    side: taken(trades.side, chosen, new Int8Array(chosen.length)),
    quantity: floats(trades.quantity),
    entryBar: ints(trades.entryBar),
    entryPrice: floats(trades.entryPrice),
    exitBar: ints(trades.exitBar),
    exitPrice: floats(trades.exitPrice),
    barsHeld: ints(trades.barsHeld),
    pnlGross: floats(trades.pnlGross),
    commission: floats(trades.commission),
    pnl: floats(trades.pnl),
    open: taken(trades.open, chosen, new Uint8Array(chosen.length)),
  };
}

function taken<Column extends Numbers>(from: Numbers, chosen: Int32Array, into: Column): Column {
  for (let i = 0; i < chosen.length; i++) into[i] = from[chosen[i]];
  return into;
}

type Numbers = Float64Array | Int32Array | Int8Array | Uint8Array;
